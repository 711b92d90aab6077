using AbstractReview.App.Sheets;

namespace AbstractReview.App.Audit;

/// <summary>The audit as rows of a spreadsheet.</summary>
public static class AuditSheet
{
    public static Sheet Of(IReadOnlyList<AuditLine> lines) => new(
        "Audit",
        ["No", "At", "Who", "What", "Object", "Id", "Before", "After", "SHA-256"],
        lines.Select(l => new object?[] { l.Id, l.At, l.Actor, l.Action, l.ObjectKind, l.ObjectId, l.BeforeJson, l.AfterJson, l.Hash }).ToList());
}
