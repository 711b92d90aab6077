-- What a reviewer is called on a submission where names are hidden: "Reviewer 2". Given when the review is first handed in, kept for ever.
alter table Review add column Alias integer null;

-- What reviewers and committee write to each other about a submission. Mentions is a list of handles such as reviewer2 and committee.
create table DiscussionPost (
  SubmissionNumber integer not null,
  Position         integer not null,
  PersonId         integer not null,
  At               text    not null,
  Text             text    not null,
  Mentions         text    not null,
  DigestedAt       text    null,
  constraint PK_DiscussionPost primary key (SubmissionNumber, Position),
  constraint FK_DiscussionPost_Submission foreign key (SubmissionNumber) references Submission (Number),
  constraint FK_DiscussionPost_Person foreign key (PersonId) references Person (Id)
);
create index IX_DiscussionPost_DigestedAt on DiscussionPost (DigestedAt);

-- The authors' answer to their reviews.
create table AuthorAnswer (
  SubmissionNumber integer not null,
  Text             text    not null,
  ById             integer not null,
  At               text    not null,
  Version          integer not null,
  constraint PK_AuthorAnswer primary key (SubmissionNumber),
  constraint FK_AuthorAnswer_Submission foreign key (SubmissionNumber) references Submission (Number)
);

-- One row for each day of the reminders' schedule that was carried out, so that it never is again.
create table ReminderRun (
  Slot        text    not null,
  RanAt       text    not null,
  Digests     integer not null,
  Escalations integer not null,
  constraint PK_ReminderRun primary key (Slot)
);
