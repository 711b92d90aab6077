-- What a reviewer is called on a submission where names are hidden: "Reviewer 2". Given when the review is first handed in, kept for ever.
alter table Review add Alias int null;

-- What reviewers and committee write to each other about a submission. Mentions is a list of handles such as reviewer2 and committee.
create table DiscussionPost (
  SubmissionNumber int            not null,
  Position         int            not null,
  PersonId         int            not null,
  At               datetimeoffset not null,
  Text             nvarchar(max)  not null,
  Mentions         nvarchar(max)  not null,
  DigestedAt       datetimeoffset null,
  constraint PK_DiscussionPost primary key (SubmissionNumber, Position),
  constraint FK_DiscussionPost_Submission foreign key (SubmissionNumber) references Submission (Number),
  constraint FK_DiscussionPost_Person foreign key (PersonId) references Person (Id)
);
create index IX_DiscussionPost_DigestedAt on DiscussionPost (DigestedAt);

-- The authors' answer to their reviews.
create table AuthorAnswer (
  SubmissionNumber int            not null,
  Text             nvarchar(max)  not null,
  ById             int            not null,
  At               datetimeoffset not null,
  Version          int            not null,
  constraint PK_AuthorAnswer primary key (SubmissionNumber),
  constraint FK_AuthorAnswer_Submission foreign key (SubmissionNumber) references Submission (Number)
);

-- One row for each day of the reminders' schedule that was carried out, so that it never is again.
create table ReminderRun (
  Slot        nvarchar(10)   not null,
  RanAt       datetimeoffset not null,
  Digests     int            not null,
  Escalations int            not null,
  constraint PK_ReminderRun primary key (Slot)
);
