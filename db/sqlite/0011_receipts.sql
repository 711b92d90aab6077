-- What receipts are signed with: ECDSA P-256, PKCS #8 and SubjectPublicKeyInfo in Base64. A newer key leaves what an older one signed as good as it was.
create table SigningKey (
  Id         integer not null,
  PrivateKey text    not null,
  PublicKey  text    not null,
  CreatedAt  text    not null,
  constraint PK_SigningKey primary key (Id)
);

-- One per revision, made soon after it. PdfSha256 is null where it could not be typeset; the signature stands all the same.
create table Receipt (
  SubmissionNumber integer not null,
  Revision         integer not null,
  KeyId            integer not null,
  Signature        text    not null,
  PdfSha256        text    null,
  SignedAt         text    not null,
  constraint PK_Receipt primary key (SubmissionNumber, Revision),
  constraint FK_Receipt_Revision foreign key (SubmissionNumber, Revision) references Revision (SubmissionNumber, Revision),
  constraint FK_Receipt_SigningKey foreign key (KeyId) references SigningKey (Id)
);
create index IX_Receipt_PdfSha256 on Receipt (PdfSha256);

-- A file that goes with a mail and is no letter.
alter table Outbox add FileSha256 text null;
alter table Outbox add FileName text null;

-- Somebody named as an author does not agree; SettledAt is set when the secretariat has seen to it.
create table Objection (
  Id               integer not null,
  SubmissionNumber integer not null,
  Email            text    not null,
  Name             text    not null,
  Words            text    not null,
  MadeAt           text    not null,
  SettledAt        text    null,
  Settlement       text    not null,
  constraint PK_Objection primary key (Id),
  constraint FK_Objection_Submission foreign key (SubmissionNumber) references Submission (Number)
);
create index IX_Objection_SubmissionNumber on Objection (SubmissionNumber);
