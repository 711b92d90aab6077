-- How often a mail was handed over again because a crash hid whether the server had taken it.
alter table Outbox add Repeats integer not null constraint DF_Outbox_Repeats default 0;
