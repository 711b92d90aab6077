-- Wrong passwords by the address typed, whether or not it has an account, so that resting tells nothing.
create table SignInTries (
  AddressHash text    not null,
  Failures    integer not null,
  ChangedAt   text    not null,
  RestsUntil  text    null,
  constraint PK_SignInTries primary key (AddressHash)
);

-- A link sent by mail: for signing up, a new password, a new address. Only the token's hash is kept; it works once.
create table AccountLink (
  Id        integer not null,
  TokenHash text    not null,
  Purpose   text    not null,
  PersonId  integer null,
  Email     text    not null,
  CreatedAt text    not null,
  ExpiresAt text    not null,
  UsedAt    text    null,
  constraint PK_AccountLink primary key (Id),
  constraint UQ_AccountLink_TokenHash unique (TokenHash),
  constraint FK_AccountLink_Person foreign key (PersonId) references Person (Id)
);

-- The last TOTP step taken: a code works once (RFC 6238, 5.2).
alter table Person add TotpStep integer not null constraint DF_Person_TotpStep default 0;
