using System.Globalization;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>Sizes of files as people read them.</summary>
public static class AttachmentSizes
{
    /// <summary>412 KB, 5 MB or 1.4 MB, of 1024 each; less than 1 KB is 1 KB. Nothing where it is not told.</summary>
    public static string Words(int? bytes) => bytes is null ? ""
        : bytes < 1024 * 1024 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes.Value / 1024)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB");
}
