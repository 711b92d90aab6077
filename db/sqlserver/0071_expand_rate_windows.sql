-- How often somebody asked within a minute, where nodes share their limits. Who is hashed; Minute counts from 1970.
create table RateWindow (
  WhoHash nvarchar(64) not null,
  Minute  int not null,
  Taken   int not null,
  constraint PK_RateWindow primary key (WhoHash, Minute)
);
