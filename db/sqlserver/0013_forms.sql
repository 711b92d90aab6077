-- When its authors said that a form was sent by another way; the file of one that was uploaded.
alter table OfficialForm add AnnouncedAt datetimeoffset null;
alter table OfficialForm add MediaType nvarchar(100) null;
