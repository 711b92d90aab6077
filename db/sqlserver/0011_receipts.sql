-- What receipts are signed with: ECDSA P-256, PKCS #8 and SubjectPublicKeyInfo in Base64. A newer key leaves what an older one signed as good as it was.
create table SigningKey (
  Id         int            not null,
  PrivateKey nvarchar(4000) not null,
  PublicKey  nvarchar(4000) not null,
  CreatedAt  datetimeoffset not null,
  constraint PK_SigningKey primary key (Id)
);

-- One per revision, made soon after it. PdfSha256 is null where it could not be typeset; the signature stands all the same.
create table Receipt (
  SubmissionNumber int            not null,
  Revision         int            not null,
  KeyId            int            not null,
  Signature        nvarchar(100)  not null,
  PdfSha256        nvarchar(64)   null,
  SignedAt         datetimeoffset not null,
  constraint PK_Receipt primary key (SubmissionNumber, Revision),
  constraint FK_Receipt_Revision foreign key (SubmissionNumber, Revision) references Revision (SubmissionNumber, Revision),
  constraint FK_Receipt_SigningKey foreign key (KeyId) references SigningKey (Id)
);
create index IX_Receipt_PdfSha256 on Receipt (PdfSha256);

-- A file that goes with a mail and is no letter.
alter table Outbox add FileSha256 nvarchar(64) null;
alter table Outbox add FileName nvarchar(400) null;

-- Somebody named as an author does not agree; SettledAt is set when the secretariat has seen to it.
create table Objection (
  Id               int            not null,
  SubmissionNumber int            not null,
  Email            nvarchar(254)  not null,
  Name             nvarchar(400)  not null,
  Words            nvarchar(max)  not null,
  MadeAt           datetimeoffset not null,
  SettledAt        datetimeoffset null,
  Settlement       nvarchar(max)  not null,
  constraint PK_Objection primary key (Id),
  constraint FK_Objection_Submission foreign key (SubmissionNumber) references Submission (Number)
);
create index IX_Objection_SubmissionNumber on Objection (SubmissionNumber);
