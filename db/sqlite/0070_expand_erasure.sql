-- When a person's words were taken out of what must stay: a redacted entry's hash stands in the entry that tells of the erasure.
alter table AuditEntry add RedactedAt text null;
alter table Revision add RedactedAt text null;
