-- Parts of the data that answers are kept for: the transaction that changes one of a part's tables gives the part another stamp.
create table DataStamp (
  Part  text not null,
  Stamp text not null,
  constraint PK_DataStamp primary key (Part)
);
