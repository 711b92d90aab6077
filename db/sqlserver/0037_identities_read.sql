-- Who read who reviews what, on which day (UTC, yyyy-MM-dd): the audit takes it once a day. ObjectKind submission, or conference for all.
create table IdentityReading (
  PersonId   int          not null,
  ObjectKind nvarchar(40) not null,
  ObjectId   nvarchar(40) not null,
  Day        nvarchar(10) not null,
  constraint PK_IdentityReading primary key (PersonId, ObjectKind, ObjectId, Day)
);
