namespace AbstractReview.Domain.Routing;

/// <summary>Assigned to a reviewer; declined by them; or released because the routing changed or the submission was withdrawn.</summary>
public enum AssignmentState { Assigned, Declined, Released }
