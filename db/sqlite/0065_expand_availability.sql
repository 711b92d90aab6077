-- When whoever presents an accepted submission cannot speak, or would rather not: a list of times in the conference's zone, and words for the committee.
create table Availability (
  SubmissionNumber integer not null,
  Wishes           text    not null,
  Note             text    not null,
  ChangedAt        text    not null,
  Version          integer not null,
  constraint PK_Availability primary key (SubmissionNumber),
  constraint FK_Availability_Submission foreign key (SubmissionNumber) references Submission (Number)
);
