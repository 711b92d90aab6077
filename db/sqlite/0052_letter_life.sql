-- What became of a mail, step by step. Kind Sent, Refused, Broken, Repeated, Bounced, Retried, Corrected or Resent.
create table MailEvent (
  OutboxId integer not null,
  Step     integer not null,
  At       text    not null,
  Kind     text    not null,
  Words    text    not null,
  constraint PK_MailEvent primary key (OutboxId, Step),
  constraint FK_MailEvent_Outbox foreign key (OutboxId) references Outbox (Id)
);

-- 1 when the last hand-over ended without an answer, so that the next one may be a repeat.
alter table Outbox add Doubt integer not null constraint DF_Outbox_Doubt default 0;

-- Who asked for a letter that no decision ordered, and the templates it was written with, such as Oral.en 3.
alter table Letter add IssuedById integer null;
alter table Letter add Templates text null;

-- A reviewer asked by letter. State Invited, Accepted or Declined; of the link only the token's hash is kept here.
create table Invitation (
  Id          integer not null,
  Email       text    not null,
  NormalisedEmail text not null,
  GivenName   text    not null,
  FamilyName  text    not null,
  Affiliation text    not null,
  Country     text    not null,
  Areas       text    not null,
  TokenHash   text    not null,
  State       text    not null,
  InvitedAt   text    not null,
  InvitedById integer not null,
  AnsweredAt  text    null,
  Reason      text    not null,
  constraint PK_Invitation primary key (Id),
  constraint UQ_Invitation_NormalisedEmail unique (NormalisedEmail),
  constraint UQ_Invitation_TokenHash unique (TokenHash)
);
