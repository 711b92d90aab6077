using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using AbstractReview.Web.Accounts;
using AbstractReview.Web.Pages.Shell;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace AbstractReview.Web.Pages.Account;

[Authorize]
public sealed class TwoFactorModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    /// <summary>What the app shall learn; null when the second factor is on.</summary>
    public string? Key { get; private set; }

    /// <summary>Only right after turning it on.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    /// <summary>The key as a QR code, drawn with attributes only.</summary>
    public IHtmlContent Picture
    {
        get
        {
            var issuer = Uri.EscapeDataString(ShellModel.Of(HttpContext).ConferenceTitle);
            var address = $"otpauth://totp/{issuer}:{Uri.EscapeDataString(HttpContext.Actor().Words)}?secret={Key}&issuer={issuer}";
            using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
            var modules = code.ModuleMatrix;
            var path = new System.Text.StringBuilder();
            for (var y = 0; y < modules.Count; y++)
                for (var x = 0; x < modules[y].Count; x++)
                    if (modules[y][x]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            return new HtmlString($"""<svg viewBox="0 0 {modules.Count} {modules.Count}" width="240" height="240" role="img" aria-label="The key as a QR code"><rect width="100%" height="100%" fill="#fff"/><path d="{path}" fill="#000"/></svg>""");
        }
    }

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task OnPostAsync(CancellationToken ct)
    {
        var enabled = await mediator.Send(new EnableTwoFactor(Code ?? "", HttpContext.Actor()), ct);
        await Sessions.Begin(HttpContext, enabled.Person);
        RecoveryCodes = enabled.RecoveryCodes;
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken ct)
    {
        await Sessions.Begin(HttpContext, await mediator.Send(new DisableTwoFactor(Password ?? "", HttpContext.Actor()), ct));
        TempData["Done"] = "The second factor is off.";
        return Redirect("/account");
    }

    public async Task ShowAgain(CancellationToken ct) => Key = await mediator.Send(new OfferTwoFactor(HttpContext.Actor()), ct);

    public string FieldOf(string field) => field switch { "code" => "Code", "password" => "Password", _ => field };
}
