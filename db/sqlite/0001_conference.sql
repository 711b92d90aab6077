-- The conference, its people, and what every feature shares.
-- Instants are UTC text (yyyy-MM-ddTHH:mm:ss.fffffffZ), flags 0 or 1, lists and documents JSON. Ids come from Counter.

create table Counter (
  Name  text    not null,
  Value integer not null,
  constraint PK_Counter primary key (Name)
);

create table Setting (
  Name    text    not null,
  Value   text    not null,
  Version integer not null,
  constraint PK_Setting primary key (Name)
);

-- One row (Id 1): the conference file as it stands.
create table Conference (
  Id        integer not null,
  Document  text    not null,
  Version   integer not null,
  ChangedAt text    not null,
  constraint PK_Conference primary key (Id)
);

create table Extension (
  Id               integer not null,
  SubmissionNumber integer null,
  AreaCode         text    null,
  Until            text    not null,
  Reason           text    not null,
  GivenAt          text    not null,
  GivenById        integer not null,
  constraint PK_Extension primary key (Id)
);

create table Person (
  Id                integer not null,
  Email             text    not null,
  NormalisedEmail   text    not null,
  EmailConfirmed    integer not null,
  GivenName         text    not null,
  FamilyName        text    not null,
  Affiliation       text    not null,
  Country           text    not null,
  Orcid             text    null,
  PasswordHash      text    null,
  SecurityStamp     text    not null,
  AccessFailedCount integer not null,
  LockoutEnd        text    null,
  TwoFactorEnabled  integer not null,
  AuthenticatorKey  text    null,
  RecoveryCodes     text    null,
  CreatedAt         text    not null,
  Version           integer not null,
  constraint PK_Person primary key (Id),
  constraint UQ_Person_NormalisedEmail unique (NormalisedEmail)
);

-- AreaCode is empty but for area chairs, who have a row per area.
create table PersonRole (
  PersonId integer not null,
  Role     text    not null,
  AreaCode text    not null,
  constraint PK_PersonRole primary key (PersonId, Role, AreaCode),
  constraint FK_PersonRole_Person foreign key (PersonId) references Person (Id)
);

create table ApiToken (
  Id         integer not null,
  PersonId   integer not null,
  Name       text    not null,
  TokenHash  text    not null,
  Scopes     text    not null,
  CreatedAt  text    not null,
  ExpiresAt  text    null,
  LastUsedAt text    null,
  RevokedAt  text    null,
  constraint PK_ApiToken primary key (Id),
  constraint UQ_ApiToken_TokenHash unique (TokenHash),
  constraint FK_ApiToken_Person foreign key (PersonId) references Person (Id)
);
create index IX_ApiToken_PersonId on ApiToken (PersonId);

-- Append-only; each row's Hash covers its content and the hash before it.
create table AuditEntry (
  Id           integer not null,
  At           text    not null,
  ActorId      integer not null,
  Actor        text    not null,
  Action       text    not null,
  ObjectKind   text    not null,
  ObjectId     text    not null,
  BeforeJson   text    null,
  AfterJson    text    null,
  PreviousHash text    not null,
  Hash         text    not null,
  constraint PK_AuditEntry primary key (Id)
);
create index IX_AuditEntry_Object on AuditEntry (ObjectKind, ObjectId);

-- Long work: the row is the truth, the queue only an alarm clock.
create table Job (
  Id           integer not null,
  Kind         text    not null,
  Input        text    not null,
  State        text    not null,
  Done         integer not null,
  Total        integer not null,
  Message      text    not null,
  Result       text    null,
  RequestedById integer not null,
  CreatedAt    text    not null,
  StartedAt    text    null,
  FinishedAt   text    null,
  ClaimedBy    text    null,
  ClaimedUntil text    null,
  Fence        integer not null,
  constraint PK_Job primary key (Id)
);
create index IX_Job_State on Job (State);

create table IdempotencyKey (
  PersonId    integer not null,
  RequestKey  text    not null,
  RequestHash text    not null,
  Status      integer not null,
  Location    text    null,
  Body        text    not null,
  CreatedAt   text    not null,
  constraint PK_IdempotencyKey primary key (PersonId, RequestKey)
);

create table DataProtectionKey (
  Id  text not null,
  Xml text not null,
  constraint PK_DataProtectionKey primary key (Id)
);

-- Contents of files where no data folder is shared (SQL Server); with SQLite they lie in the data folder.
create table FileContent (
  Sha256 text    not null,
  Size   integer not null,
  Bytes  blob    not null,
  constraint PK_FileContent primary key (Sha256)
);
