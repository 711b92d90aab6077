-- A letter's mail is looked up by its letter: without an index every look read all mails that wait.
create index IX_Outbox_LetterId on Outbox (LetterId);
