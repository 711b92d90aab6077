using AbstractReview.App.Submissions;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>The files of a submission as a page lists them.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Files">Its files.</param>
/// <param name="Shown">Pictures are shown below their names.</param>
public sealed record AttachmentList(int Number, IReadOnlyList<AttachmentView> Files, bool Shown = false);
