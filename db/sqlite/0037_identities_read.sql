-- Who read who reviews what, on which day (UTC, yyyy-MM-dd): the audit takes it once a day. ObjectKind submission, or conference for all.
create table IdentityReading (
  PersonId   integer not null,
  ObjectKind text    not null,
  ObjectId   text    not null,
  Day        text    not null,
  constraint PK_IdentityReading primary key (PersonId, ObjectKind, ObjectId, Day)
);
