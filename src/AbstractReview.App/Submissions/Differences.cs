using AbstractReview.Domain.Submissions;
using DiffPlex;
using DiffPlex.Chunkers;

namespace AbstractReview.App.Submissions;

/// <summary>One field of the content that changed, in pieces that read as the new text with the old words struck.</summary>
public sealed record FieldChange(string Field, IReadOnlyList<DiffPiece> Pieces);

public enum PieceKind { Same, Gone, New }

public sealed record DiffPiece(PieceKind Kind, string Text);

/// <summary>Word-level differences of two contents (Myers' algorithm, by DiffPlex).</summary>
public static class Differences
{
    public static IReadOnlyList<FieldChange> Between(SubmissionContent before, SubmissionContent after)
    {
        (string Field, string Old, string New)[] fields =
        [
            ("title", before.Title, after.Title),
            ("abstract", before.Abstract, after.Abstract),
            ("areaCode", before.AreaCode, after.AreaCode),
            ("topics", string.Join("; ", before.Topics), string.Join("; ", after.Topics)),
            ("keywords", string.Join("; ", before.Keywords), string.Join("; ", after.Keywords)),
            ("authors", Authors(before), Authors(after)),
            ("presentation", before.Presentation, after.Presentation),
        ];
        return fields.Where(f => f.Old != f.New).Select(f => new FieldChange(f.Field, Words(f.Old, f.New))).ToList();
    }

    /// <summary>The pieces of the new text and of what it replaces, in reading order.</summary>
    public static IReadOnlyList<DiffPiece> Words(string before, string after)
    {
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, new DelimiterChunker([' ', '\n', '\t']));
        var pieces = new List<DiffPiece>();
        var at = 0;
        foreach (var block in diff.DiffBlocks)
        {
            Add(PieceKind.Same, diff.PiecesNew, at, block.InsertStartB - at);
            Add(PieceKind.Gone, diff.PiecesOld, block.DeleteStartA, block.DeleteCountA);
            Add(PieceKind.New, diff.PiecesNew, block.InsertStartB, block.InsertCountB);
            at = block.InsertStartB + block.InsertCountB;
        }

        Add(PieceKind.Same, diff.PiecesNew, at, diff.PiecesNew.Count - at);
        return pieces;

        void Add(PieceKind kind, IReadOnlyList<string> words, int start, int count)
        {
            if (count > 0) pieces.Add(new DiffPiece(kind, string.Concat(words.Skip(start).Take(count))));
        }
    }

    private static string Authors(SubmissionContent c) => string.Join("\n", c.Authors.Select(a =>
        $"{a.FullName}, {a.Affiliation}, {a.Country}, {a.Email}{(a.Orcid is null ? "" : $", {a.Orcid}")}{(a.Presenting ? ", presenting" : "")}{(a.Corresponding ? ", corresponding" : "")}"));
}
