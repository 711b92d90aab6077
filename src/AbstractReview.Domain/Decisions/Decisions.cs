namespace AbstractReview.Domain.Decisions;

public enum DecisionKind { Oral, Poster, Panel, Waitlist, Reject, Return }

public static class DecisionWords
{
    /// <summary>Oral, poster and panel are in the programme and the book.</summary>
    public static bool Accepts(this DecisionKind kind) => kind is DecisionKind.Oral or DecisionKind.Poster or DecisionKind.Panel;

    public static string Words(this DecisionKind kind) => kind switch
    {
        DecisionKind.Oral => "accepted as oral presentation",
        DecisionKind.Poster => "accepted as poster",
        DecisionKind.Panel => "accepted as panel contribution",
        DecisionKind.Waitlist => "on the waiting list",
        DecisionKind.Reject => "not accepted",
        DecisionKind.Return => "returned to the authors",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
