-- Parts of the data that answers are kept for: the transaction that changes one of a part's tables gives the part another stamp.
create table DataStamp (
  Part  nvarchar(40) not null,
  Stamp nvarchar(40) not null,
  constraint PK_DataStamp primary key (Part)
);
