-- A receipt's mails are written when its page is made; of a revision that came from another program none are.
alter table Revision add TellsAuthors bit not null constraint DF_Revision_TellsAuthors default 0;
