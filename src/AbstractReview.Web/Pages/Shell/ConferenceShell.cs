using AbstractReview.App.Call;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Pages.Shell;

/// <summary>The frame of this installation's conference, with the places the person's roles open.</summary>
internal sealed class ConferenceShell(IMediator mediator) : IShellSource
{
    public async Task<ShellModel> Read(HttpContext context, CancellationToken ct)
    {
        var by = context.Actor();
        var frame = await mediator.Send(new ReadFrame(by), ct);
        if (frame.Conference is not { } conference) return ShellModel.Bare;
        return new ShellModel
        {
            ConferenceTitle = conference.Title,
            Zone = conference.TimeZone,
            WhenAndWhere = $"{DateWords.Range(conference.Dates.FirstDay, conference.Dates.LastDay)}, {conference.City}",
            Contact = conference.Mail.Address,
            Person = frame.PersonName is null ? null : new ShellPerson(frame.PersonName, RoleWords(by)),
            Nav = [.. Places(by, frame)],
        };
    }

    private static IEnumerable<NavItem> Places(Actor by, Frame frame)
    {
        yield return new NavItem("Call", "/");
        if (by.SignedIn) yield return new NavItem("My submissions", "/submissions");
        if (by.Is(Role.Reviewer)) yield return new NavItem("Reviews", "/reviews", frame.ReviewsDue, "reviews due");
        if (by.OnCommittee || by.IsSecretariat) yield return new NavItem("Committee", "/committee/overview");
        if (by.IsSecretariat) yield return new NavItem("Secretariat", "/secretariat/people");
        if (frame.ProgrammeReleased) yield return new NavItem("Programme", "/programme");
    }

    private static string RoleWords(Actor by)
    {
        var words = new List<string>();
        if (by.IsChair) words.Add("Chair");
        else if (by.Is(Role.AreaChair)) words.Add("Chair of " + string.Join(", ", by.AreaCodes.Order(StringComparer.Ordinal)));
        if (by.IsSecretariat) words.Add("Secretariat");
        if (by.Is(Role.Reviewer)) words.Add("Reviewer");
        return words.Count == 0 ? "Author" : string.Join(" · ", words);
    }
}
