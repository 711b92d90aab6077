namespace AbstractReview.Web.Tests.Access;

/// <summary>Every door the application lists × everybody × every phase of a submission, held to <see cref="Rules"/>.</summary>
public sealed class MatrixTests
{
    private static readonly Phase[] Phases = Enum.GetValues<Phase>();

    private MatrixSite _matrix = null!;
    private IReadOnlyList<Door> _doors = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _matrix = await MatrixSite.Open();
        _doors = await Door.All(_matrix.Site.Services);
    }

    [OneTimeTearDown]
    public async Task Close() => await _matrix.DisposeAsync();

    [Test]
    public void Every_door_has_a_rule_and_every_rule_a_door()
    {
        var doors = _doors.Select(d => d.ToString()).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(doors.Except(Rules.ByDoor.Keys), Is.Empty, "doors without a rule");
            Assert.That(Rules.ByDoor.Keys.Except(doors), Is.Empty, "rules without a door");
        });
    }

    [Test]
    public async Task A_door_opens_to_whom_its_rule_says_and_to_nobody_else([Values] Who who)
    {
        var wrong = new List<string>();
        foreach (var door in _doors)
            if (Rules.ByDoor.TryGetValue(door.ToString(), out var rule))
                foreach (var phase in door.IsOfSubmission ? Phases : [Phase.Notified])
                    if (Fault(rule, await _matrix.Try(door, who, phase), who, phase) is { } fault)
                        wrong.Add($"{door} [{phase}]: {fault}");

        Assert.That(wrong, Is.Empty);
    }

    private static string? Fault(Rule rule, Outcome outcome, Who who, Phase phase) => (rule.May(who, phase), outcome) switch
    {
        (_, { Broke: true }) => "the server broke",
        (true, { Refused: true }) when !rule.MayBeAbsent => $"refused with {(int)outcome.Status}, but “{rule.Words}” lets {who} in",
        (false, { Refused: false }) => $"answered {(int)outcome.Status}, but “{rule.Words}” keeps {who} out",
        (false, { Changed: true }) => "refused, yet something was written",
        _ => null,
    };
}
