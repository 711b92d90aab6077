-- What the reviewer says beside the reason for declining.
alter table Assignment add column DeclineNote text null;

-- StateBefore is the submission's state before this decision: where an undo leads. SecondedById is the second chair where the call wants two.
alter table Decision add column StateBefore text not null default 'UnderReview';
alter table Decision add column SecondedById integer null;

-- A reviewer's own history: one row for each submit, and at most one for each quarter of an hour of writing.
create table ReviewRevision (
  SubmissionNumber integer not null,
  ReviewerId       integer not null,
  Revision         integer not null,
  At               text    not null,
  State            text    not null,
  Content          text    not null,
  constraint PK_ReviewRevision primary key (SubmissionNumber, ReviewerId, Revision),
  constraint FK_ReviewRevision_Review foreign key (SubmissionNumber, ReviewerId) references Review (SubmissionNumber, ReviewerId)
);
