create table Reviewer (
  PersonId  int           not null,
  Areas     nvarchar(max) not null,
  Topics    nvarchar(max) not null,
  Keywords  nvarchar(max) not null,
  QuotaMin  int           not null,
  QuotaMax  int           not null,
  Available bit           not null,
  Version   int           not null,
  constraint PK_Reviewer primary key (PersonId),
  constraint FK_Reviewer_Person foreign key (PersonId) references Person (Id)
);

create table Publication (
  ReviewerId int            not null,
  Position   int            not null,
  Title      nvarchar(1000) not null,
  Abstract   nvarchar(max)  not null,
  constraint PK_Publication primary key (ReviewerId, Position),
  constraint FK_Publication_Reviewer foreign key (ReviewerId) references Reviewer (PersonId)
);

-- Value -2 (not at all) to 2 (eager).
create table Bid (
  ReviewerId       int            not null,
  SubmissionNumber int            not null,
  Value            int            not null,
  ChangedAt        datetimeoffset not null,
  constraint PK_Bid primary key (ReviewerId, SubmissionNumber),
  constraint FK_Bid_Reviewer foreign key (ReviewerId) references Reviewer (PersonId),
  constraint FK_Bid_Submission foreign key (SubmissionNumber) references Submission (Number)
);

-- Kind Own, CoAuthor, Institution, Country or Declared. A dismissed row keeps a found conflict away for good.
create table Conflict (
  ReviewerId       int            not null,
  SubmissionNumber int            not null,
  Kind             nvarchar(40)   not null,
  Evidence         nvarchar(max)  not null,
  FoundAt          datetimeoffset not null,
  DismissedAt      datetimeoffset null,
  constraint PK_Conflict primary key (ReviewerId, SubmissionNumber, Kind),
  constraint FK_Conflict_Reviewer foreign key (ReviewerId) references Reviewer (PersonId),
  constraint FK_Conflict_Submission foreign key (SubmissionNumber) references Submission (Number)
);
create index IX_Conflict_SubmissionNumber on Conflict (SubmissionNumber);

-- State Proposed, Applied or Superseded; Document holds the pairs, their reasons and the figures.
create table RoutingProposal (
  Id          int            not null,
  State       nvarchar(20)   not null,
  InputsHash  nvarchar(64)   not null,
  Document    nvarchar(max)  not null,
  CreatedAt   datetimeoffset not null,
  CreatedById int            not null,
  AppliedAt   datetimeoffset null,
  Version     int            not null,
  constraint PK_RoutingProposal primary key (Id)
);

-- State Assigned, Declined or Released.
create table Assignment (
  SubmissionNumber int            not null,
  ReviewerId       int            not null,
  State            nvarchar(20)   not null,
  Pinned           bit            not null,
  Affinity         float          not null,
  AssignedAt       datetimeoffset not null,
  DeclinedAt       datetimeoffset null,
  DeclineReason    nvarchar(max)  null,
  Version          int            not null,
  constraint PK_Assignment primary key (SubmissionNumber, ReviewerId),
  constraint FK_Assignment_Submission foreign key (SubmissionNumber) references Submission (Number),
  constraint FK_Assignment_Reviewer foreign key (ReviewerId) references Reviewer (PersonId)
);
create index IX_Assignment_ReviewerId on Assignment (ReviewerId, State);

-- Overall is the weighted mean of the scores, null while a draft.
create table Review (
  SubmissionNumber    int            not null,
  ReviewerId          int            not null,
  State               nvarchar(20)   not null,
  Scores              nvarchar(max)  not null,
  Confidence          int            null,
  Recommendation      nvarchar(40)   null,
  Overall             float          null,
  CommentsToAuthors   nvarchar(max)  not null,
  CommentsToCommittee nvarchar(max)  not null,
  UpdatedAt           datetimeoffset not null,
  SubmittedAt         datetimeoffset null,
  Version             int            not null,
  constraint PK_Review primary key (SubmissionNumber, ReviewerId),
  constraint FK_Review_Assignment foreign key (SubmissionNumber, ReviewerId) references Assignment (SubmissionNumber, ReviewerId)
);
create index IX_Review_ReviewerId on Review (ReviewerId, State);

-- The collected scores of a submission. Due is 1 from the moment a review changes until the job has collected it.
create table Standing (
  SubmissionNumber int            not null,
  Due              bit            not null,
  Wanted           int            not null,
  Reviews          int            not null,
  Mean             float          null,
  WeightedMean     float          null,
  Spread           float          null,
  Calibrated       float          null,
  Low              float          null,
  High             float          null,
  Document         nvarchar(max)  not null,
  ComputedAt       datetimeoffset null,
  Version          int            not null,
  constraint PK_Standing primary key (SubmissionNumber),
  constraint FK_Standing_Submission foreign key (SubmissionNumber) references Submission (Number)
);
create index IX_Standing_Due on Standing (Due);

-- DecisionVersion counts from 1 for each submission; the newest stands. PublishedAt is null while pending.
create table Decision (
  SubmissionNumber int            not null,
  DecisionVersion  int            not null,
  Kind             nvarchar(40)   not null,
  Reason           nvarchar(max)  not null,
  DecidedById      int            not null,
  DecidedAt        datetimeoffset not null,
  PublishedAt      datetimeoffset null,
  constraint PK_Decision primary key (SubmissionNumber, DecisionVersion),
  constraint FK_Decision_Submission foreign key (SubmissionNumber) references Submission (Number)
);
