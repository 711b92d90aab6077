-- LetterKey is recipient, submission, kind and decision version: one letter for each, ever.
-- State Queued (to be typeset), Typeset or Superseded.
create table Letter (
  Id               integer not null,
  LetterKey        text    not null,
  SubmissionNumber integer null,
  DecisionVersion  integer not null,
  Kind             text    not null,
  ToEmail          text    not null,
  ToName           text    not null,
  State            text    not null,
  Fields           text    not null,
  PdfSha256        text    null,
  CreatedAt        text    not null,
  TypesetAt        text    null,
  constraint PK_Letter primary key (Id),
  constraint UQ_Letter_LetterKey unique (LetterKey)
);
create index IX_Letter_SubmissionNumber on Letter (SubmissionNumber);
create index IX_Letter_State on Letter (State);

-- State Held (waits for its letter's PDF), Waiting, Sending, Sent, Failed or Superseded.
create table Outbox (
  Id            integer not null,
  MailKey       text    not null,
  Kind          text    not null,
  ToEmail       text    not null,
  ToName        text    not null,
  Subject       text    not null,
  BodyText      text    not null,
  BodyHtml      text    null,
  LetterId      integer null,
  MessageId     text    not null,
  State         text    not null,
  Attempts      integer not null,
  NextAttemptAt text    not null,
  ClaimedBy     text    null,
  ClaimedUntil  text    null,
  Fence         integer not null,
  LastError     text    null,
  CreatedAt     text    not null,
  SentAt        text    null,
  constraint PK_Outbox primary key (Id),
  constraint UQ_Outbox_MailKey unique (MailKey),
  constraint FK_Outbox_Letter foreign key (LetterId) references Letter (Id)
);
create index IX_Outbox_State on Outbox (State, NextAttemptAt);

create table Edition (
  Number    integer not null,
  Title     text    not null,
  Sha256    text    not null,
  Pages     integer not null,
  Bytes     integer not null,
  Options   text    not null,
  Report    text    not null,
  BuiltAt   text    not null,
  BuiltById integer not null,
  constraint PK_Edition primary key (Number)
);

-- One row (Id 1): the draft of the programme as the committee edits it.
create table Programme (
  Id        integer not null,
  Document  text    not null,
  ChangedAt text    not null,
  Version   integer not null,
  constraint PK_Programme primary key (Id)
);

create table Release (
  Number       integer not null,
  Document     text    not null,
  Summary      text    not null,
  ReleasedAt   text    not null,
  ReleasedById integer not null,
  constraint PK_Release primary key (Number)
);
