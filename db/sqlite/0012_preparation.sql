-- What authors of an accepted submission add for print and programme. Consent is null until they have answered.
create table Preparation (
  SubmissionNumber integer not null,
  Biography        text    not null,
  Consent          integer null,
  ChangedAt        text    not null,
  Version          integer not null,
  constraint PK_Preparation primary key (SubmissionNumber),
  constraint FK_Preparation_Submission foreign key (SubmissionNumber) references Submission (Number)
);
