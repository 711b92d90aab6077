using AbstractReview.App.Letters;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AbstractReview.Web.Api;

/// <summary>PDFs as HTTP gives them: shown in the browser under their name, their SHA-256 as ETag, asked for again each time.</summary>
internal static class Pdfs
{
    public static FileContentHttpResult Pdf(this HttpContext http, StoredPdf pdf)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        http.MayBeFramed();
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = pdf.Name }.ToString();
        return TypedResults.Bytes(pdf.Bytes, "application/pdf", entityTag: new EntityTagHeaderValue($"\"{pdf.Sha256}\""));
    }
}
