-- How much submissions and reviewers differ, as multiples of the noise, when scores were last collected: with the reviews handed in, calibrated
-- scores follow from these by linear equations. One row, and none before the first review is collected.
create table Calibration (
  Id              int            not null,
  SubmissionRatio float          not null,
  ReviewerRatio   float          not null,
  Reviews         int            not null,
  ComputedAt      datetimeoffset not null,
  constraint PK_Calibration primary key (Id)
);
