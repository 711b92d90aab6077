-- How often somebody asked within a minute, where nodes share their limits. Who is hashed; Minute counts from 1970.
create table RateWindow (
  WhoHash text    not null,
  Minute  integer not null,
  Taken   integer not null,
  constraint PK_RateWindow primary key (WhoHash, Minute)
);
