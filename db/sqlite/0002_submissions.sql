create table Submission (
  Number          integer not null,
  State           text    not null,
  Title           text    not null,
  Abstract        text    not null,
  AreaCode        text    not null,
  Topics          text    not null,
  Keywords        text    not null,
  Presentation    text    not null,
  OwnerId         integer not null,
  Revision        integer not null,
  ContentHash     text    not null,
  DecisionVersion integer not null,
  CreatedAt       text    not null,
  UpdatedAt       text    not null,
  SubmittedAt     text    null,
  WithdrawnAt     text    null,
  WithdrawReason  text    null,
  Version         integer not null,
  constraint PK_Submission primary key (Number),
  constraint FK_Submission_Owner foreign key (OwnerId) references Person (Id)
);
create index IX_Submission_OwnerId on Submission (OwnerId);
create index IX_Submission_AreaCode on Submission (AreaCode, State);

create table Author (
  SubmissionNumber integer not null,
  Position         integer not null,
  GivenName        text    not null,
  FamilyName       text    not null,
  Email            text    not null,
  NormalisedEmail  text    not null,
  Affiliation      text    not null,
  Country          text    not null,
  Orcid            text    null,
  Presenting       integer not null,
  Corresponding    integer not null,
  constraint PK_Author primary key (SubmissionNumber, Position),
  constraint FK_Author_Submission foreign key (SubmissionNumber) references Submission (Number)
);
create index IX_Author_NormalisedEmail on Author (NormalisedEmail);

-- One row per submit and per change after it; Content is the whole content as JSON.
create table Revision (
  SubmissionNumber integer not null,
  Revision         integer not null,
  At               text    not null,
  ById             integer not null,
  Content          text    not null,
  ContentHash      text    not null,
  constraint PK_Revision primary key (SubmissionNumber, Revision),
  constraint FK_Revision_Submission foreign key (SubmissionNumber) references Submission (Number)
);

create table Attachment (
  SubmissionNumber integer not null,
  Position         integer not null,
  FileName         text    not null,
  MediaType        text    not null,
  Size             integer not null,
  Sha256           text    not null,
  AddedAt          text    not null,
  constraint PK_Attachment primary key (SubmissionNumber, Position),
  constraint FK_Attachment_Submission foreign key (SubmissionNumber) references Submission (Number)
);

-- Kind A or B; State Missing, Received, Endorsed or Refused.
create table OfficialForm (
  SubmissionNumber integer not null,
  Kind             text    not null,
  State            text    not null,
  FileName         text    null,
  Sha256           text    null,
  Note             text    not null,
  ChangedAt        text    not null,
  Version          integer not null,
  constraint PK_OfficialForm primary key (SubmissionNumber, Kind),
  constraint FK_OfficialForm_Submission foreign key (SubmissionNumber) references Submission (Number)
);
