update Revision set TellsAuthors = 1 where exists (select 1 from Outbox o where o.MailKey = concat('receipt/', Revision.SubmissionNumber, '/', Revision.Revision, '/1'));

-- What waited for its page is written anew with it; the notices beside it are there already and are not written twice.
delete from Outbox where Kind = 'Receipt' and State = 'Held';
