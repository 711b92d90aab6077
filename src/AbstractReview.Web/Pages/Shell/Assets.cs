using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Shell;

/// <summary>Where style sheets, scripts and icons are: each address changes with the file, so that readers may keep what they have.</summary>
internal static class Assets
{
    /// <summary>
    /// The address of a file below <c>wwwroot</c>, such as <c>js/when.js</c>. Written in place of <c>asp-append-version</c>, which finds the same
    /// address by way of a tag helper for each, at many times the cost.
    /// </summary>
    public static string Asset(this ViewContext view, string path)
        => view.HttpContext.Request.PathBase + "/" + (view.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[path] ?? path);
}
