-- What became of a mail, step by step. Kind Sent, Refused, Broken, Repeated, Bounced, Retried, Corrected or Resent.
create table MailEvent (
  OutboxId int            not null,
  Step     int            not null,
  At       datetimeoffset not null,
  Kind     nvarchar(20)   not null,
  Words    nvarchar(1000) not null,
  constraint PK_MailEvent primary key (OutboxId, Step),
  constraint FK_MailEvent_Outbox foreign key (OutboxId) references Outbox (Id)
);

-- 1 when the last hand-over ended without an answer, so that the next one may be a repeat.
alter table Outbox add Doubt bit not null constraint DF_Outbox_Doubt default 0;

-- Who asked for a letter that no decision ordered, and the templates it was written with, such as Oral.en 3.
alter table Letter add IssuedById int null;
alter table Letter add Templates nvarchar(200) null;

-- A reviewer asked by letter. State Invited, Accepted or Declined; of the link only the token's hash is kept here.
create table Invitation (
  Id          int            not null,
  Email       nvarchar(254)  not null,
  NormalisedEmail nvarchar(254) not null,
  GivenName   nvarchar(200)  not null,
  FamilyName  nvarchar(200)  not null,
  Affiliation nvarchar(400)  not null,
  Country     nvarchar(10)   not null,
  Areas       nvarchar(max)  not null,
  TokenHash   nvarchar(64)   not null,
  State       nvarchar(20)   not null,
  InvitedAt   datetimeoffset not null,
  InvitedById int            not null,
  AnsweredAt  datetimeoffset null,
  Reason      nvarchar(1000) not null,
  constraint PK_Invitation primary key (Id),
  constraint UQ_Invitation_NormalisedEmail unique (NormalisedEmail),
  constraint UQ_Invitation_TokenHash unique (TokenHash)
);
