-- LetterKey is recipient, submission, kind and decision version: one letter for each, ever.
-- State Queued (to be typeset), Typeset or Superseded.
create table Letter (
  Id               int            not null,
  LetterKey        nvarchar(400)  not null,
  SubmissionNumber int            null,
  DecisionVersion  int            not null,
  Kind             nvarchar(40)   not null,
  ToEmail          nvarchar(254)  not null,
  ToName           nvarchar(400)  not null,
  State            nvarchar(20)   not null,
  Fields           nvarchar(max)  not null,
  PdfSha256        nvarchar(64)   null,
  CreatedAt        datetimeoffset not null,
  TypesetAt        datetimeoffset null,
  constraint PK_Letter primary key (Id),
  constraint UQ_Letter_LetterKey unique (LetterKey)
);
create index IX_Letter_SubmissionNumber on Letter (SubmissionNumber);
create index IX_Letter_State on Letter (State);

-- State Held (waits for its letter's PDF), Waiting, Sending, Sent, Failed or Superseded.
create table Outbox (
  Id            int            not null,
  MailKey       nvarchar(400)  not null,
  Kind          nvarchar(40)   not null,
  ToEmail       nvarchar(254)  not null,
  ToName        nvarchar(400)  not null,
  Subject       nvarchar(max)  not null,
  BodyText      nvarchar(max)  not null,
  BodyHtml      nvarchar(max)  null,
  LetterId      int            null,
  MessageId     nvarchar(320)  not null,
  State         nvarchar(20)   not null,
  Attempts      int            not null,
  NextAttemptAt datetimeoffset not null,
  ClaimedBy     nvarchar(400)  null,
  ClaimedUntil  datetimeoffset null,
  Fence         int            not null,
  LastError     nvarchar(max)  null,
  CreatedAt     datetimeoffset not null,
  SentAt        datetimeoffset null,
  constraint PK_Outbox primary key (Id),
  constraint UQ_Outbox_MailKey unique (MailKey),
  constraint FK_Outbox_Letter foreign key (LetterId) references Letter (Id)
);
create index IX_Outbox_State on Outbox (State, NextAttemptAt);

create table Edition (
  Number    int            not null,
  Title     nvarchar(1000) not null,
  Sha256    nvarchar(64)   not null,
  Pages     int            not null,
  Bytes     int            not null,
  Options   nvarchar(max)  not null,
  Report    nvarchar(max)  not null,
  BuiltAt   datetimeoffset not null,
  BuiltById int            not null,
  constraint PK_Edition primary key (Number)
);

-- One row (Id 1): the draft of the programme as the committee edits it.
create table Programme (
  Id        int            not null,
  Document  nvarchar(max)  not null,
  ChangedAt datetimeoffset not null,
  Version   int            not null,
  constraint PK_Programme primary key (Id)
);

create table Release (
  Number       int            not null,
  Document     nvarchar(max)  not null,
  Summary      nvarchar(max)  not null,
  ReleasedAt   datetimeoffset not null,
  ReleasedById int            not null,
  constraint PK_Release primary key (Number)
);
