-- Every version the programme's draft ever had, so that edits can be undone and redone. UndoTo and RedoTo name the version whose document comes back.
create table ProgrammeStep (
  Version  int            not null,
  Document nvarchar(max)  not null,
  Words    nvarchar(max)  not null,
  UndoTo   int            null,
  RedoTo   int            null,
  At       datetimeoffset not null,
  ById     int            not null,
  constraint PK_ProgrammeStep primary key (Version)
);
