-- Every version the programme's draft ever had, so that edits can be undone and redone. UndoTo and RedoTo name the version whose document comes back.
create table ProgrammeStep (
  Version  integer not null,
  Document text    not null,
  Words    text    not null,
  UndoTo   integer null,
  RedoTo   integer null,
  At       text    not null,
  ById     integer not null,
  constraint PK_ProgrammeStep primary key (Version)
);
