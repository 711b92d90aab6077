-- The answer kept under an idempotency key carries its ETag.
alter table IdempotencyKey add ETag nvarchar(100) not null default '';

-- What a submission's text is like: the least hashes of its word triples (MinHash), as 64 numbers in hex. Due again at each revision.
create table Likeness (
  SubmissionNumber int           not null,
  Revision         int           not null,
  Signature        nvarchar(max) not null,
  constraint PK_Likeness primary key (SubmissionNumber),
  constraint FK_Likeness_Submission foreign key (SubmissionNumber) references Submission (Number)
);

-- Two submissions whose texts look alike; Other has the smaller number. DismissedAt is set when the secretariat has looked.
create table Duplicate (
  SubmissionNumber int            not null,
  OtherNumber      int            not null,
  Similarity       float          not null,
  FoundAt          datetimeoffset not null,
  DismissedAt      datetimeoffset null,
  constraint PK_Duplicate primary key (SubmissionNumber, OtherNumber),
  constraint FK_Duplicate_Submission foreign key (SubmissionNumber) references Submission (Number),
  constraint FK_Duplicate_Other foreign key (OtherNumber) references Submission (Number)
);
