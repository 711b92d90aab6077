-- What an edition is made as besides PDF. Format: Epub, Html, Bib, Jats or Crossref.
create table EditionFile (
  EditionNumber int          not null,
  Format        nvarchar(20) not null,
  Sha256        nvarchar(64) not null,
  Bytes         int          not null,
  constraint PK_EditionFile primary key (EditionNumber, Format),
  constraint FK_EditionFile_Edition foreign key (EditionNumber) references Edition (Number)
);
