-- Reviews handed in before names were kept get theirs now, in an order that points at nobody.
update Review
set Alias = 1 + (select count(*)
                 from Review x
                 where x.SubmissionNumber = Review.SubmissionNumber and x.State = 'Submitted'
                   and ((x.ReviewerId * 7919 + x.SubmissionNumber * 104729) % 1009 < (Review.ReviewerId * 7919 + Review.SubmissionNumber * 104729) % 1009
                        or ((x.ReviewerId * 7919 + x.SubmissionNumber * 104729) % 1009 = (Review.ReviewerId * 7919 + Review.SubmissionNumber * 104729) % 1009
                            and x.ReviewerId < Review.ReviewerId)))
where State = 'Submitted';
