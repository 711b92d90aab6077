-- The conference, its people, and what every feature shares.
-- Lists and documents are JSON. Ids come from Counter.

create table Counter (
  Name  nvarchar(400) not null,
  Value int           not null,
  constraint PK_Counter primary key (Name)
);

create table Setting (
  Name    nvarchar(400) not null,
  Value   nvarchar(max) not null,
  Version int           not null,
  constraint PK_Setting primary key (Name)
);

-- One row (Id 1): the conference file as it stands.
create table Conference (
  Id        int            not null,
  Document  nvarchar(max)  not null,
  Version   int            not null,
  ChangedAt datetimeoffset not null,
  constraint PK_Conference primary key (Id)
);

create table Extension (
  Id               int            not null,
  SubmissionNumber int            null,
  AreaCode         nvarchar(20)   null,
  Until            datetimeoffset not null,
  Reason           nvarchar(max)  not null,
  GivenAt          datetimeoffset not null,
  GivenById        int            not null,
  constraint PK_Extension primary key (Id)
);

create table Person (
  Id                int            not null,
  Email             nvarchar(254)  not null,
  NormalisedEmail   nvarchar(254)  not null,
  EmailConfirmed    bit            not null,
  GivenName         nvarchar(400)  not null,
  FamilyName        nvarchar(400)  not null,
  Affiliation       nvarchar(400)  not null,
  Country           nvarchar(2)    not null,
  Orcid             nvarchar(40)   null,
  PasswordHash      nvarchar(max)  null,
  SecurityStamp     nvarchar(400)  not null,
  AccessFailedCount int            not null,
  LockoutEnd        datetimeoffset null,
  TwoFactorEnabled  bit            not null,
  AuthenticatorKey  nvarchar(400)  null,
  RecoveryCodes     nvarchar(max)  null,
  CreatedAt         datetimeoffset not null,
  Version           int            not null,
  constraint PK_Person primary key (Id),
  constraint UQ_Person_NormalisedEmail unique (NormalisedEmail)
);

-- AreaCode is empty but for area chairs, who have a row per area.
create table PersonRole (
  PersonId int          not null,
  Role     nvarchar(20) not null,
  AreaCode nvarchar(20) not null,
  constraint PK_PersonRole primary key (PersonId, Role, AreaCode),
  constraint FK_PersonRole_Person foreign key (PersonId) references Person (Id)
);

create table ApiToken (
  Id         int            not null,
  PersonId   int            not null,
  Name       nvarchar(400)  not null,
  TokenHash  nvarchar(64)   not null,
  Scopes     nvarchar(max)  not null,
  CreatedAt  datetimeoffset not null,
  ExpiresAt  datetimeoffset null,
  LastUsedAt datetimeoffset null,
  RevokedAt  datetimeoffset null,
  constraint PK_ApiToken primary key (Id),
  constraint UQ_ApiToken_TokenHash unique (TokenHash),
  constraint FK_ApiToken_Person foreign key (PersonId) references Person (Id)
);
create index IX_ApiToken_PersonId on ApiToken (PersonId);

-- Append-only; each row's Hash covers its content and the hash before it.
create table AuditEntry (
  Id           int            not null,
  At           datetimeoffset not null,
  ActorId      int            not null,
  Actor        nvarchar(400)  not null,
  Action       nvarchar(400)  not null,
  ObjectKind   nvarchar(400)  not null,
  ObjectId     nvarchar(400)  not null,
  BeforeJson   nvarchar(max)  null,
  AfterJson    nvarchar(max)  null,
  PreviousHash nvarchar(64)   not null,
  Hash         nvarchar(64)   not null,
  constraint PK_AuditEntry primary key (Id)
);
create index IX_AuditEntry_Object on AuditEntry (ObjectKind, ObjectId);

-- Long work: the row is the truth, the queue only an alarm clock.
create table Job (
  Id            int            not null,
  Kind          nvarchar(40)   not null,
  Input         nvarchar(max)  not null,
  State         nvarchar(20)   not null,
  Done          int            not null,
  Total         int            not null,
  Message       nvarchar(max)  not null,
  Result        nvarchar(max)  null,
  RequestedById int            not null,
  CreatedAt     datetimeoffset not null,
  StartedAt     datetimeoffset null,
  FinishedAt    datetimeoffset null,
  ClaimedBy     nvarchar(400)  null,
  ClaimedUntil  datetimeoffset null,
  Fence         int            not null,
  constraint PK_Job primary key (Id)
);
create index IX_Job_State on Job (State);

create table IdempotencyKey (
  PersonId    int            not null,
  RequestKey  nvarchar(200)  not null,
  RequestHash nvarchar(64)   not null,
  Status      int            not null,
  Location    nvarchar(max)  null,
  Body        nvarchar(max)  not null,
  CreatedAt   datetimeoffset not null,
  constraint PK_IdempotencyKey primary key (PersonId, RequestKey)
);

create table DataProtectionKey (
  Id  nvarchar(400) not null,
  Xml nvarchar(max) not null,
  constraint PK_DataProtectionKey primary key (Id)
);

-- Contents of files where no data folder is shared (SQL Server); with SQLite they lie in the data folder.
create table FileContent (
  Sha256 nvarchar(64)   not null,
  Size   int            not null,
  Bytes  varbinary(max) not null,
  constraint PK_FileContent primary key (Sha256)
);
