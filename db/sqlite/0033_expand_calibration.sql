-- How much submissions and reviewers differ, as multiples of the noise, when scores were last collected: with the reviews handed in, calibrated
-- scores follow from these by linear equations. One row, and none before the first review is collected.
create table Calibration (
  Id              integer not null,
  SubmissionRatio real    not null,
  ReviewerRatio   real    not null,
  Reviews         integer not null,
  ComputedAt      text    not null,
  constraint PK_Calibration primary key (Id)
);
