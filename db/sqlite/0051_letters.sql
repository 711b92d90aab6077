-- A letter that could not be written says why; it waits for a correction.
alter table Letter add Error text null;

-- Every saved text of a template; the newest version stands, an empty text means the one that comes with the program.
create table LetterTemplate (
  Kind        text    not null,
  Language    text    not null,
  Version     integer not null,
  Text        text    not null,
  ChangedAt   text    not null,
  ChangedById integer not null,
  constraint PK_LetterTemplate primary key (Kind, Language, Version)
);

-- What a delivery status notification said of a mail that had been taken.
alter table Outbox add BouncedAt text null;
alter table Outbox add BounceReason text null;

-- An edition that the committee made public before the programme was released.
alter table Edition add PublishedAt text null;
