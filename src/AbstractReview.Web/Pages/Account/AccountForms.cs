using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using AbstractReview.Domain;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Account;

/// <summary>What a person says of themselves, as typed.</summary>
public sealed class ProfileForm
{
    [Display(Name = "Given name"), StringLength(200)]
    public string? GivenName { get; set; }

    [Display(Name = "Family name", Description = "Or your only name."), StringLength(200)]
    public string? FamilyName { get; set; }

    [Display(Name = "Affiliation", Description = "Where you work, as it shall be printed."), StringLength(200)]
    public string? Affiliation { get; set; }

    [Display(Name = "Country")]
    public string? Country { get; set; }

    [Display(Name = "ORCID iD"), StringLength(60)]
    public string? Orcid { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("Choose a country", ""), .. Countries.All.Select(c => new SelectListItem(c.Value, c.Key))];

    public static ProfileForm Of(Profile p) => new() { GivenName = p.GivenName, FamilyName = p.FamilyName, Affiliation = p.Affiliation, Country = p.Country, Orcid = p.Orcid };

    public Profile Read() => new(GivenName ?? "", FamilyName ?? "", Affiliation ?? "", Country ?? "", Orcid);
}
