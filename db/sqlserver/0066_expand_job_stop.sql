-- When somebody asked a long search to end and keep the best it has found.
alter table Job add StopAskedAt datetimeoffset null;
