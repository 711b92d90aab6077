-- How often a mail was handed over again because a crash hid whether the server had taken it.
alter table Outbox add Repeats int not null constraint DF_Outbox_Repeats default 0;
