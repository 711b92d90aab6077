-- A letter that could not be written says why; it waits for a correction.
alter table Letter add Error nvarchar(max) null;

-- Every saved text of a template; the newest version stands, an empty text means the one that comes with the program.
create table LetterTemplate (
  Kind        nvarchar(40)   not null,
  Language    nvarchar(20)   not null,
  Version     int            not null,
  Text        nvarchar(max)  not null,
  ChangedAt   datetimeoffset not null,
  ChangedById int            not null,
  constraint PK_LetterTemplate primary key (Kind, Language, Version)
);

-- What a delivery status notification said of a mail that had been taken.
alter table Outbox add BouncedAt datetimeoffset null;
alter table Outbox add BounceReason nvarchar(max) null;

-- An edition that the committee made public before the programme was released.
alter table Edition add PublishedAt datetimeoffset null;
