using System.Text.Encodings.Web;
using System.Text.Unicode;
using AbstractReview.Web.Pages.Shell;
using Microsoft.Extensions.WebEncoders;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
// Names of every script go out as they are, not as character references four times as long.
builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
builder.Services.AddScoped<IShellSource, SampleShell>();
builder.Services.AddRazorPages().AddMvcOptions(options => options.Filters.Add<ShellFilter>());
var app = builder.Build();
app.Use((context, next) =>
{
    context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    return next(context);
});
app.UseExceptionHandler("/error");
app.UseStatusCodePagesWithReExecute("/status/{0}");
app.MapStaticAssets();
app.MapRazorPages().WithStaticAssets();
app.Run();

internal sealed class SampleShell : IShellSource
{
    public Task<ShellModel> Read(HttpContext context, CancellationToken ct) => Task.FromResult(new ShellModel
    {
        ConferenceTitle = "International Conference of Nuclear Regulators on Security",
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Africa/Casablanca"),
        WhenAndWhere = "4–8 October 2027, Marrakesh",
        Contact = "secretariat@example.org",
        Person = new ShellPerson("سلمى بنعلي", "Chair of TA3", "ar"),
        Nav = [new("Call", "/"), new("My submissions", "/submissions"), new("Reviews", "/reviews", 4, "reviews due"), new("Committee", "/committee/overview"), new("Programme", "/programme"), new("Components", "/dev/components")],
    });
}
