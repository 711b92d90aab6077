create table Submission (
  Number          int            not null,
  State           nvarchar(20)   not null,
  Title           nvarchar(1000) not null,
  Abstract        nvarchar(max)  not null,
  AreaCode        nvarchar(20)   not null,
  Topics          nvarchar(max)  not null,
  Keywords        nvarchar(max)  not null,
  Presentation    nvarchar(40)   not null,
  OwnerId         int            not null,
  Revision        int            not null,
  ContentHash     nvarchar(64)   not null,
  DecisionVersion int            not null,
  CreatedAt       datetimeoffset not null,
  UpdatedAt       datetimeoffset not null,
  SubmittedAt     datetimeoffset null,
  WithdrawnAt     datetimeoffset null,
  WithdrawReason  nvarchar(max)  null,
  Version         int            not null,
  constraint PK_Submission primary key (Number),
  constraint FK_Submission_Owner foreign key (OwnerId) references Person (Id)
);
create index IX_Submission_OwnerId on Submission (OwnerId);
create index IX_Submission_AreaCode on Submission (AreaCode, State);

create table Author (
  SubmissionNumber int           not null,
  Position         int           not null,
  GivenName        nvarchar(400) not null,
  FamilyName       nvarchar(400) not null,
  Email            nvarchar(254) not null,
  NormalisedEmail  nvarchar(254) not null,
  Affiliation      nvarchar(400) not null,
  Country          nvarchar(2)   not null,
  Orcid            nvarchar(40)  null,
  Presenting       bit           not null,
  Corresponding    bit           not null,
  constraint PK_Author primary key (SubmissionNumber, Position),
  constraint FK_Author_Submission foreign key (SubmissionNumber) references Submission (Number)
);
create index IX_Author_NormalisedEmail on Author (NormalisedEmail);

-- One row per submit and per change after it; Content is the whole content as JSON.
create table Revision (
  SubmissionNumber int            not null,
  Revision         int            not null,
  At               datetimeoffset not null,
  ById             int            not null,
  Content          nvarchar(max)  not null,
  ContentHash      nvarchar(64)   not null,
  constraint PK_Revision primary key (SubmissionNumber, Revision),
  constraint FK_Revision_Submission foreign key (SubmissionNumber) references Submission (Number)
);

create table Attachment (
  SubmissionNumber int            not null,
  Position         int            not null,
  FileName         nvarchar(max)  not null,
  MediaType        nvarchar(400)  not null,
  Size             int            not null,
  Sha256           nvarchar(64)   not null,
  AddedAt          datetimeoffset not null,
  constraint PK_Attachment primary key (SubmissionNumber, Position),
  constraint FK_Attachment_Submission foreign key (SubmissionNumber) references Submission (Number)
);

-- Kind A or B; State Missing, Received, Endorsed or Refused.
create table OfficialForm (
  SubmissionNumber int            not null,
  Kind             nvarchar(40)   not null,
  State            nvarchar(20)   not null,
  FileName         nvarchar(max)  null,
  Sha256           nvarchar(64)   null,
  Note             nvarchar(max)  not null,
  ChangedAt        datetimeoffset not null,
  Version          int            not null,
  constraint PK_OfficialForm primary key (SubmissionNumber, Kind),
  constraint FK_OfficialForm_Submission foreign key (SubmissionNumber) references Submission (Number)
);
