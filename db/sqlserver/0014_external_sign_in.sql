-- An account of an OpenID Connect provider that signs in here. SubjectHash is SHA-256 of issuer and subject.
create table ExternalLogin (
  SubjectHash nvarchar(64)   not null,
  PersonId    int            not null,
  Issuer      nvarchar(400)  not null,
  LinkedAt    datetimeoffset not null,
  constraint PK_ExternalLogin primary key (SubjectHash),
  constraint FK_ExternalLogin_Person foreign key (PersonId) references Person (Id)
);
create index IX_ExternalLogin_PersonId on ExternalLogin (PersonId);
