-- When whoever presents an accepted submission cannot speak, or would rather not: a list of times in the conference's zone, and words for the committee.
create table Availability (
  SubmissionNumber int            not null,
  Wishes           nvarchar(max)  not null,
  Note             nvarchar(max)  not null,
  ChangedAt        datetimeoffset not null,
  Version          int            not null,
  constraint PK_Availability primary key (SubmissionNumber),
  constraint FK_Availability_Submission foreign key (SubmissionNumber) references Submission (Number)
);
