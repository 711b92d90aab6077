-- What authors of an accepted submission add for print and programme. Consent is null until they have answered.
create table Preparation (
  SubmissionNumber int            not null,
  Biography        nvarchar(max)  not null,
  Consent          bit            null,
  ChangedAt        datetimeoffset not null,
  Version          int            not null,
  constraint PK_Preparation primary key (SubmissionNumber),
  constraint FK_Preparation_Submission foreign key (SubmissionNumber) references Submission (Number)
);
