-- Pairs that a chair forbade by hand, for reasons of their own; kept for every later routing.
create table ForbiddenPair (
  SubmissionNumber integer not null,
  ReviewerId       integer not null,
  ForbiddenAt      text    not null,
  ForbiddenById    integer not null,
  constraint PK_ForbiddenPair primary key (SubmissionNumber, ReviewerId),
  constraint FK_ForbiddenPair_Submission foreign key (SubmissionNumber) references Submission (Number),
  constraint FK_ForbiddenPair_Reviewer foreign key (ReviewerId) references Reviewer (PersonId)
);
