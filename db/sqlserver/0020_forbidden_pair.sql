-- Pairs that a chair forbade by hand, for reasons of their own; kept for every later routing.
create table ForbiddenPair (
  SubmissionNumber int            not null,
  ReviewerId       int            not null,
  ForbiddenAt      datetimeoffset not null,
  ForbiddenById    int            not null,
  constraint PK_ForbiddenPair primary key (SubmissionNumber, ReviewerId),
  constraint FK_ForbiddenPair_Submission foreign key (SubmissionNumber) references Submission (Number),
  constraint FK_ForbiddenPair_Reviewer foreign key (ReviewerId) references Reviewer (PersonId)
);
