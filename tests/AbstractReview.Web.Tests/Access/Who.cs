namespace AbstractReview.Web.Tests.Access;

/// <summary>What a person can be to the submissions of the matrix, which all lie in one area.</summary>
public enum Who { Visitor, Author, OtherAuthor, AssignedReviewer, OtherReviewer, ReviewerInConflict, AreaChair, OtherAreaChair, Chair, Secretariat }

/// <summary>Where a submission stands; the matrix has one of each, numbered in this order from 1.</summary>
public enum Phase { Draft, Submitted, UnderReview, Decided, Notified, Withdrawn }
