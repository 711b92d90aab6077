using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Dev;

/// <summary>Every component with sample data, to look at and to test against; in the Development environment only.</summary>
public sealed class ComponentsModel(IHostEnvironment environment) : PageModel
{
    [BindProperty]
    public SampleForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; } =
        [new("Choose an area", ""), new("TA1 Regulatory framework", "TA1"), new("TA3 Security of radioactive material", "TA3"), new("SS Current and future trends", "SS")];

    public IReadOnlyList<SelectListItem> Wishes { get; } =
    [
        new("Oral", "oral") { Group = new() { Name = "15 minutes and questions" } },
        new("Poster", "poster") { Group = new() { Name = "A0, portrait" } },
        new("Either", "either"),
    ];

    public IReadOnlyList<SelectListItem> Topics { get; } =
        [new("Legislative and regulatory framework for nuclear security", "1"), new("Nuclear security for newcomers", "2"), new("How to regulate radioactive material from cradle-to-grave", "3")];

    public IReadOnlyList<SelectListItem> Rubric { get; } =
    [
        new("1", "1") { Group = new() { Name = "Poor" } },
        new("2", "2") { Group = new() { Name = "Weak" } },
        new("3", "3") { Group = new() { Name = "Fair" } },
        new("4", "4") { Group = new() { Name = "Good" } },
        new("5", "5") { Group = new() { Name = "Excellent" } },
    ];

    public DateTimeOffset Deadline { get; } = new(2027, 3, 1, 22, 59, 0, TimeSpan.Zero);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!environment.IsDevelopment()) context.Result = NotFound();
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (!ModelState.IsValid) return Page();
        TempData["Done"] = "The sample form was accepted; nothing was stored.";
        return RedirectToPage();
    }

    /// <summary>Some institutions, for the combobox.</summary>
    public JsonResult OnGetSuggest(string? q) => new(new[]
        {
            "Joint Institute for Nuclear Research", "International Atomic Energy Agency",
            "Autorité de sûreté nucléaire et de radioprotection", "هيئة الرقابة النووية والإشعاعية", "רשות הבטיחות הגרעינית",
        }
        .Where(name => name.Contains(q ?? "", StringComparison.OrdinalIgnoreCase))
        .Select(name => new { value = name }));

    /// <summary>Takes any draft and keeps none.</summary>
    public IActionResult OnPostDraft()
    {
        Response.Headers.ETag = "\"2\"";
        return new NoContentResult();
    }

    public sealed class SampleForm
    {
        [Required(ErrorMessage = "Enter the title of your abstract"), Display(Name = "Title", Description = "As it shall be printed, without a full stop.")]
        public string? Title { get; set; }

        [Required(ErrorMessage = "Enter the text of your abstract"), DataType(DataType.MultilineText), Display(Name = "Abstract")]
        public string? Text { get; set; } = "We report on ten years of regulating mobile sources in a country of long distances and few inspectors.";

        [EmailAddress(ErrorMessage = "Enter an e-mail address like name@example.org"), DataType(DataType.EmailAddress), Display(Name = "E-mail")]
        public string? Email { get; set; }

        [Required(ErrorMessage = "Choose an area"), Display(Name = "Area")]
        public string? Area { get; set; }

        [Display(Name = "Presentation")]
        public string? Wish { get; set; } = "oral";

        [Display(Name = "Topics")]
        public IReadOnlyList<string> Topics { get; set; } = ["2"];

        [Display(Name = "Originality", Description = "Is it new to this conference?")]
        public int? Score { get; set; } = 4;

        [Display(Name = "Any co-author may see the reviews", Description = "They get the letter too.")]
        public bool Share { get; set; }

        [Display(Name = "Affiliation")]
        public string? Affiliation { get; set; }

        public DateOnly? Day { get; set; } = new DateOnly(2027, 10, 4);
    }
}
