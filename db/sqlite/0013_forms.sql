-- When its authors said that a form was sent by another way; the file of one that was uploaded.
alter table OfficialForm add AnnouncedAt text null;
alter table OfficialForm add MediaType text null;
