-- Wrong passwords by the address typed, whether or not it has an account, so that resting tells nothing.
create table SignInTries (
  AddressHash nvarchar(400)  not null,
  Failures    int            not null,
  ChangedAt   datetimeoffset not null,
  RestsUntil  datetimeoffset null,
  constraint PK_SignInTries primary key (AddressHash)
);

-- A link sent by mail: for signing up, a new password, a new address. Only the token's hash is kept; it works once.
create table AccountLink (
  Id        int            not null,
  TokenHash nvarchar(64)   not null,
  Purpose   nvarchar(400)  not null,
  PersonId  int            null,
  Email     nvarchar(254)  not null,
  CreatedAt datetimeoffset not null,
  ExpiresAt datetimeoffset not null,
  UsedAt    datetimeoffset null,
  constraint PK_AccountLink primary key (Id),
  constraint UQ_AccountLink_TokenHash unique (TokenHash),
  constraint FK_AccountLink_Person foreign key (PersonId) references Person (Id)
);

-- The last TOTP step taken: a code works once (RFC 6238, 5.2).
alter table Person add TotpStep int not null constraint DF_Person_TotpStep default 0;
