-- What an edition is made as besides PDF. Format: Epub, Html, Bib, Jats or Crossref.
create table EditionFile (
  EditionNumber integer not null,
  Format        text    not null,
  Sha256        text    not null,
  Bytes         integer not null,
  constraint PK_EditionFile primary key (EditionNumber, Format),
  constraint FK_EditionFile_Edition foreign key (EditionNumber) references Edition (Number)
);
