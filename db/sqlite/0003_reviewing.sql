create table Reviewer (
  PersonId  integer not null,
  Areas     text    not null,
  Topics    text    not null,
  Keywords  text    not null,
  QuotaMin  integer not null,
  QuotaMax  integer not null,
  Available integer not null,
  Version   integer not null,
  constraint PK_Reviewer primary key (PersonId),
  constraint FK_Reviewer_Person foreign key (PersonId) references Person (Id)
);

create table Publication (
  ReviewerId integer not null,
  Position   integer not null,
  Title      text    not null,
  Abstract   text    not null,
  constraint PK_Publication primary key (ReviewerId, Position),
  constraint FK_Publication_Reviewer foreign key (ReviewerId) references Reviewer (PersonId)
);

-- Value -2 (not at all) to 2 (eager).
create table Bid (
  ReviewerId       integer not null,
  SubmissionNumber integer not null,
  Value            integer not null,
  ChangedAt        text    not null,
  constraint PK_Bid primary key (ReviewerId, SubmissionNumber),
  constraint FK_Bid_Reviewer foreign key (ReviewerId) references Reviewer (PersonId),
  constraint FK_Bid_Submission foreign key (SubmissionNumber) references Submission (Number)
);

-- Kind Own, CoAuthor, Institution, Country or Declared. A dismissed row keeps a found conflict away for good.
create table Conflict (
  ReviewerId       integer not null,
  SubmissionNumber integer not null,
  Kind             text    not null,
  Evidence         text    not null,
  FoundAt          text    not null,
  DismissedAt      text    null,
  constraint PK_Conflict primary key (ReviewerId, SubmissionNumber, Kind),
  constraint FK_Conflict_Reviewer foreign key (ReviewerId) references Reviewer (PersonId),
  constraint FK_Conflict_Submission foreign key (SubmissionNumber) references Submission (Number)
);
create index IX_Conflict_SubmissionNumber on Conflict (SubmissionNumber);

-- State Proposed, Applied or Superseded; Document holds the pairs, their reasons and the figures.
create table RoutingProposal (
  Id          integer not null,
  State       text    not null,
  InputsHash  text    not null,
  Document    text    not null,
  CreatedAt   text    not null,
  CreatedById integer not null,
  AppliedAt   text    null,
  Version     integer not null,
  constraint PK_RoutingProposal primary key (Id)
);

-- State Assigned, Declined or Released.
create table Assignment (
  SubmissionNumber integer not null,
  ReviewerId       integer not null,
  State            text    not null,
  Pinned           integer not null,
  Affinity         real    not null,
  AssignedAt       text    not null,
  DeclinedAt       text    null,
  DeclineReason    text    null,
  Version          integer not null,
  constraint PK_Assignment primary key (SubmissionNumber, ReviewerId),
  constraint FK_Assignment_Submission foreign key (SubmissionNumber) references Submission (Number),
  constraint FK_Assignment_Reviewer foreign key (ReviewerId) references Reviewer (PersonId)
);
create index IX_Assignment_ReviewerId on Assignment (ReviewerId, State);

-- Overall is the weighted mean of the scores, null while a draft.
create table Review (
  SubmissionNumber    integer not null,
  ReviewerId          integer not null,
  State               text    not null,
  Scores              text    not null,
  Confidence          integer null,
  Recommendation      text    null,
  Overall             real    null,
  CommentsToAuthors   text    not null,
  CommentsToCommittee text    not null,
  UpdatedAt           text    not null,
  SubmittedAt         text    null,
  Version             integer not null,
  constraint PK_Review primary key (SubmissionNumber, ReviewerId),
  constraint FK_Review_Assignment foreign key (SubmissionNumber, ReviewerId) references Assignment (SubmissionNumber, ReviewerId)
);
create index IX_Review_ReviewerId on Review (ReviewerId, State);

-- The collected scores of a submission. Due is 1 from the moment a review changes until the job has collected it.
create table Standing (
  SubmissionNumber integer not null,
  Due              integer not null,
  Wanted           integer not null,
  Reviews          integer not null,
  Mean             real    null,
  WeightedMean     real    null,
  Spread           real    null,
  Calibrated       real    null,
  Low              real    null,
  High             real    null,
  Document         text    not null,
  ComputedAt       text    null,
  Version          integer not null,
  constraint PK_Standing primary key (SubmissionNumber),
  constraint FK_Standing_Submission foreign key (SubmissionNumber) references Submission (Number)
);
create index IX_Standing_Due on Standing (Due);

-- DecisionVersion counts from 1 for each submission; the newest stands. PublishedAt is null while pending.
create table Decision (
  SubmissionNumber integer not null,
  DecisionVersion  integer not null,
  Kind             text    not null,
  Reason           text    not null,
  DecidedById      integer not null,
  DecidedAt        text    not null,
  PublishedAt      text    null,
  constraint PK_Decision primary key (SubmissionNumber, DecisionVersion),
  constraint FK_Decision_Submission foreign key (SubmissionNumber) references Submission (Number)
);
