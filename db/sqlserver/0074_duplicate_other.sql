-- Both ways round: a revision forgets the pairs it is in, whichever side it is on.
create index IX_Duplicate_OtherNumber on Duplicate (OtherNumber);
