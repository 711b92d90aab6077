-- The standing that a decision was made from: its figures, its version and the SHA-256 of both, as JSON; null for decisions made before this step.
alter table Decision add column Standing text null;
