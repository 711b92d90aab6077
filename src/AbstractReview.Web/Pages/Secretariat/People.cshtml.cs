using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Web.Pages.Account;
using AbstractReview.Web.Pages.TagHelpers;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>Every account, and a form to add one.</summary>
[Authorize]
public sealed class PeopleModel(IMediator mediator) : PageModel, IShowAgain
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    // "page" is taken: it is Razor's own route value.
    [BindProperty(SupportsGet = true, Name = "p")]
    public int At { get; set; } = 1;

    [BindProperty]
    public NewPersonForm Form { get; set; } = new();

    public PeopleList People { get; private set; } = new([], 0);
    public IReadOnlyList<SelectListItem> AreaItems { get; private set; } = [];
    public static IReadOnlyList<SelectListItem> RoleItems { get; } = [.. Enum.GetNames<Role>().Select(r => new SelectListItem(StateTagTagHelper.Words(r), r))];
    public static IReadOnlyList<SelectListItem> CountryItems => ProfileForm.Choices;

    public string Address(int page) => $"?search={Uri.EscapeDataString(Search ?? "")}&p={page}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Form is { Role: Role.AreaChair, Areas.Count: 0 }) ModelState.AddModelError("Form.Areas", "Choose the areas of the area chair.");
        if (!ModelState.IsValid)
        {
            await ShowAgain(ct);
            return Page();
        }

        await mediator.Send(new AddAccount
        {
            Email = Form.Email ?? "", GivenName = Form.GivenName ?? "", FamilyName = Form.FamilyName ?? "", Affiliation = Form.Affiliation ?? "", Country = Form.Country ?? "",
            Roles = [Form.Role], Areas = Form.Role == Role.AreaChair ? Form.Areas : [], By = HttpContext.Actor(),
        }, ct);
        TempData["Done"] = $"{Form.Email} has an account as {StateTagTagHelper.Words(Form.Role.ToString()).ToLowerInvariant()}.";
        return Redirect($"/secretariat/people?search={Uri.EscapeDataString(Form.Email ?? "")}");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        At = Math.Max(1, At);
        People = await mediator.Send(new ListPeople(Search, At, Size, HttpContext.Actor()), ct);
        if (Access.MayEditCall(HttpContext.Actor()) && await mediator.Send(new ReadCallSettings(HttpContext.Actor()), ct) is { } conference)
            AreaItems = [.. conference.Areas.Select(a => new SelectListItem($"{a.Code} {a.Title}", a.Code))];
    }

    public string FieldOf(string field) => field == "" ? "" : $"Form.{char.ToUpperInvariant(field[0])}{field[1..]}";
}

/// <summary>An account to be added; its owner sets the password by the forgotten-password mail.</summary>
public sealed class NewPersonForm
{
    [Display(Name = "E-mail address"), DataType(DataType.EmailAddress), Required(ErrorMessage = "Give the e-mail address."), StringLength(200)]
    public string? Email { get; set; }

    [Display(Name = "Given name"), StringLength(200)]
    public string? GivenName { get; set; }

    [Display(Name = "Family name", Description = "Or the only name."), Required(ErrorMessage = "Give the family name, or the only name."), StringLength(200)]
    public string? FamilyName { get; set; }

    [Display(Name = "Affiliation"), StringLength(200)]
    public string? Affiliation { get; set; }

    [Display(Name = "Country")]
    public string? Country { get; set; }

    [Display(Name = "Role")]
    public Role Role { get; set; } = Role.Author;

    [Display(Name = "Areas", Description = "Of an area chair only.")]
    public List<string> Areas { get; set; } = [];
}
