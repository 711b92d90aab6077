using AbstractReview.App.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AbstractReview.Web.Api;

/// <summary>Rows as HTTP gives them: a file to keep, never shown in the browser nor kept by a cache.</summary>
internal static class Sheets
{
    /// <param name="http">The request.</param>
    /// <param name="sheet">The rows.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="ending">csv or xlsx.</param>
    public static FileContentHttpResult Download(this HttpContext http, Sheet sheet, string name, string ending)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return ending == "csv"
            ? TypedResults.File(sheet.Csv(), "text/csv; charset=utf-8", $"{name}.csv")
            : TypedResults.File(sheet.Xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{name}.xlsx");
    }
}
