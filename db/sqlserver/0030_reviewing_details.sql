-- What the reviewer says beside the reason for declining.
alter table Assignment add DeclineNote nvarchar(max) null;

-- StateBefore is the submission's state before this decision: where an undo leads. SecondedById is the second chair where the call wants two.
alter table Decision add StateBefore nvarchar(20) not null default 'UnderReview';
alter table Decision add SecondedById int null;

-- A reviewer's own history: one row for each submit, and at most one for each quarter of an hour of writing.
create table ReviewRevision (
  SubmissionNumber int            not null,
  ReviewerId       int            not null,
  Revision         int            not null,
  At               datetimeoffset not null,
  State            nvarchar(20)   not null,
  Content          nvarchar(max)  not null,
  constraint PK_ReviewRevision primary key (SubmissionNumber, ReviewerId, Revision),
  constraint FK_ReviewRevision_Review foreign key (SubmissionNumber, ReviewerId) references Review (SubmissionNumber, ReviewerId)
);
