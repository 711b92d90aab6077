namespace AbstractReview.Web.Pages.Shell;

/// <summary>Tells what the frame shows to the person of this request. Asked once for each page that is rendered.</summary>
public interface IShellSource
{
    Task<ShellModel> Read(HttpContext context, CancellationToken ct);
}
