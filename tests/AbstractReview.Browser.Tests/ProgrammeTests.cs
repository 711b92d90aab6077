using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>The chair builds the programme by keyboard and by pointer, two at once; readers take it along.</summary>
[NonParallelizable]
public sealed class ProgrammeTests
{
    [Test]
    public async Task A_talk_is_taken_out_and_placed_again_by_keyboard_alone()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"), 1600);
        await page.GotoAsync("/committee/programme");
        await Shot(page, "editor");
        var (code, drop) = await FirstTalk(page);

        // By Tab and Enter: open it, take it out, and give it its place again from the list of places.
        await page.Locator($"#{code}").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Arrive($"**/committee/programme?at={code}*");
        Assert.That(await Focused(page), Is.EqualTo("place"), "the list of places has the focus");
        await TabTo(page, "Take out");
        await page.Keyboard.PressAsync("Enter");
        await page.Shows("text=Saved: " + code + " taken out.");
        await page.Locator("#place").FocusAsync();
        var words = await page.Locator($"#place option[value='{drop}']").InnerTextAsync();
        Assert.That(words, Does.EndWith("(free)"));
        await page.Keyboard.TypeAsync(words[..^1]);
        Assert.That(await page.InputValueAsync("#place"), Is.EqualTo(drop));
        await TabTo(page, "Place");
        await page.Keyboard.PressAsync("Enter");
        await page.Shows($"text=Saved: {code} into");
        Assert.That((await FirstTalk(page)).Drop, Is.EqualTo(drop));

        // By M and Enter: take it up in the grid, go to the next talk, change places.
        await page.Locator($"#{code}").FocusAsync();
        await page.Keyboard.PressAsync("m");
        Assert.That(await page.Locator("[data-carry]").InnerTextAsync(), Does.StartWith($"{code} taken up."));
        await page.Keyboard.PressAsync("ArrowDown");
        var other = await Focused(page);
        var next = await page.Locator($"#{other}").GetAttributeAsync("data-drop");
        await page.Keyboard.PressAsync("Enter");
        await page.Shows($"text=Saved: {code} into");
        Assert.That(await page.Locator($"#{code}").GetAttributeAsync("data-drop"), Is.EqualTo(next));
        Assert.That(await page.Locator($"#{other}").GetAttributeAsync("data-drop"), Is.EqualTo(drop));

        // And back by undo.
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo") }).PressAsync("Enter");
        await page.Shows("text=Taken back.");
        Assert.That(await page.Locator($"#{code}").GetAttributeAsync("data-drop"), Is.EqualTo(drop));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task Two_talks_change_places_by_pointer_and_places_that_clash_are_marked_while_dragging()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"));
        await page.GotoAsync("/committee/programme");
        var (code, drop) = await FirstTalk(page);
        var other = page.Locator($"[data-drag][draggable=true][data-drop^='{drop.Split('@')[0]}@']").Nth(1);
        var (otherCode, otherDrop) = (await other.GetAttributeAsync("id"), await other.GetAttributeAsync("data-drop"));

        await page.Locator($"#{code}").HoverAsync();
        await page.Mouse.DownAsync();
        await other.HoverAsync();
        await other.HoverAsync();
        await page.Shows("[data-clash]", WaitForSelectorState.Attached);
        Assert.That(await page.Locator("[data-clash]").First.GetAttributeAsync("title"), Does.StartWith("Clash: a session of "));
        await page.Mouse.UpAsync();

        await page.Shows($"text=Saved: {code} into");
        Assert.That(await page.Locator($"#{code}").GetAttributeAsync("data-drop"), Is.EqualTo(otherDrop));
        Assert.That(await page.Locator($"#{otherCode}").GetAttributeAsync("data-drop"), Is.EqualTo(drop));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task Two_editors_see_each_others_changes_and_lose_none_of_their_own()
    {
        var one = await DemoSite.Open(DemoSite.Account("Chair"));
        var two = await DemoSite.Open(DemoSite.Account("Chair", 1));
        await one.GotoAsync("/committee/programme");
        var (code, _) = await FirstTalk(one);
        await two.GotoAsync("/committee/programme?at=S-TA2");
        await two.FillAsync("#SetChairs", "Ada Example; Institute; FR; ada@x.example");

        // One takes a talk out: the other's page shows it without being asked, and keeps what is being typed.
        await one.GotoAsync($"/committee/programme?at={code}");
        await one.GetByRole(AriaRole.Button, new() { Name = "Take out", Exact = true }).ClickAsync();
        await two.Shows($"[data-live=grid]:not(:has(#{code}))", WaitForSelectorState.Attached);
        Assert.That(await two.Locator("[data-live-news]").InnerTextAsync(), Does.EndWith($": {code} taken out."));
        Assert.That(await two.InputValueAsync("#SetChairs"), Is.EqualTo("Ada Example; Institute; FR; ada@x.example"));

        // The other's change touches something else: it is merged.
        await two.GetByRole(AriaRole.Button, new() { Name = "Save chairs" }).ClickAsync();
        await two.Shows("text=Saved: chairs of S-TA2.");

        // Both change one session: the later is shown what happened, and what was typed is still there.
        await one.GotoAsync("/committee/programme?at=S-TA2");
        await two.FillAsync("#SetRapporteurs", "Second Thought");
        await one.FillAsync("#SetRapporteurs", "First Thought");
        await one.GetByRole(AriaRole.Button, new() { Name = "Save rapporteurs" }).ClickAsync();
        await one.Shows("text=Saved: rapporteurs of S-TA2.");
        await two.GetByRole(AriaRole.Button, new() { Name = "Save rapporteurs" }).ClickAsync();
        Assert.That(await two.Locator("#error-summary").InnerTextAsync(), Does.Contain("Somebody else changed S-TA2 in the meantime."));
        Assert.That(await two.InputValueAsync("#SetRapporteurs"), Is.EqualTo("Second Thought"));

        for (var i = 0; i < 3; i++)
        {
            await one.GotoAsync("/committee/programme");
            await one.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo") }).ClickAsync();
            await one.Shows("text=Taken back.");
        }

        Assert.That(await one.Locator($"[data-live=grid] #{code}").CountAsync(), Is.EqualTo(1));
        await one.Context.CloseAsync();
        await two.Context.CloseAsync();
    }

    [Test]
    public async Task What_if_is_asked_and_answered_without_script()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"), 390, script: false);
        await page.GotoAsync("/committee/programme/what-if");
        var person = await page.Locator("#people option").First.GetAttributeAsync("value");
        await page.FillAsync("#Email", person!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).Nth(1).ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain($"{person} away from 1 October 00:00 to 2 October 00:00").And.Contain("No smaller set of moves does it."));
        await Shot(page, "what-if-390");

        await page.FillAsync("#Number", "none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).First.ClickAsync();
        Assert.That(await page.Locator("#error-summary a").GetAttributeAsync("href"), Is.EqualTo("#Number"));
        Assert.That(await page.InputValueAsync("#Number"), Is.EqualTo("none"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task The_public_programme_is_kept_for_times_without_a_connection_and_shows_nobody_signed_in()
    {
        var page = await DemoSite.Open(DemoSite.Account("Author"), 390);
        await page.GotoAsync("/programme");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => null)");
        await page.ReloadAsync();
        await page.EvaluateAsync("(async () => { for (let i = 0; i < 50; i++) { if (await (await caches.open('programme-2')).match('/programme') && await (await caches.open('programme-2')).match('/programme?by=Person')) return; await new Promise((r) => setTimeout(r, 100)); } throw new Error('not kept'); })()");
        Assert.That(await page.Locator("header").InnerTextAsync(), Does.Contain("Signed in as"));
        var first = page.Locator("[data-mine-star]").First;
        await first.ClickAsync();

        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        Assert.That(await page.Locator("h1").InnerTextAsync(), Is.EqualTo("Programme"));
        Assert.That(await page.Locator("header").InnerTextAsync(), Does.Not.Contain("Signed in as"));
        Assert.That(await page.Locator("[data-mine-star][aria-pressed=true]").CountAsync(), Is.EqualTo(1), "the selection is still there");
        await page.Locator("[data-mine-only]").ClickAsync();
        Assert.That(await page.Locator("[data-mine]:not([data-mine='']):visible").CountAsync(), Is.EqualTo(1));
        await Shot(page, "mine-390");
        // The selection as a calendar is made in the browser: no connection is needed, and its lines keep the rules.
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-mine-calendar]").ClickAsync());
        var calendar = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.That(calendar.Split("\r\n").Select(System.Text.Encoding.UTF8.GetByteCount), Is.All.LessThanOrEqualTo(75));
        Assert.That(calendar.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Count(l => l == "BEGIN:VEVENT"), Is.EqualTo(1));

        // What was never opened is there too: by room and by person.
        await page.GotoAsync("/programme?by=Room");
        Assert.That(await page.Locator("[data-mine-group] > h2").First.InnerTextAsync(), Is.EqualTo("Atlas Hall"));
        await page.GotoAsync("/programme?by=Person");
        Assert.That(await page.Locator("main h2").First.InnerTextAsync(), Does.EndWith(" people"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_long_search_shows_how_far_it_is_and_gives_its_best_when_it_is_asked()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"), 1600);
        await page.GotoAsync("/committee/programme");
        var before = int.Parse((await page.Locator("[data-version]").GetAttributeAsync("data-version"))!, System.Globalization.CultureInfo.InvariantCulture);
        await page.FillAsync("#seconds", "600");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose a programme" }).ClickAsync();
        await page.Arrive("**/committee/programme?job=*");
        await page.Shows("[data-part=message]:has-text('Looking for better'), [data-part=state]:has-text('Done')");
        await Shot(page, "proposing");

        // A small programme may be proven best before anybody can ask.
        if (await page.GetByRole(AriaRole.Button, new() { Name = "Take the best so far" }).CountAsync() > 0) await page.GetByRole(AriaRole.Button, new() { Name = "Take the best so far" }).ClickAsync();
        await page.Shows("[data-part=state]:has-text('Done')");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("accepted submissions placed"));
        Assert.That(await page.Locator("[data-version]").GetAttributeAsync("data-version"), Is.EqualTo($"{before + 1}"));
        Assert.That(await page.Locator(".figures dd").Nth(2).InnerTextAsync(), Is.EqualTo("0"), "nothing blocks a release");
        await Shot(page, "proposed");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo") }).ClickAsync();
        await page.Shows("text=Taken back.");
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_programme_is_built_by_keyboard_alone_from_nothing_placed_to_its_release()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"), 1600);
        await page.GotoAsync("/committee/programme");
        for (var i = 0; i < 40 && await Figure(page, 0) > 0; i++) await Step(page, "Undo");
        Assert.That(await Figure(page, 0), Is.Zero, "back to where nothing is placed");

        // Two talks each into three sessions: taken up where they wait, put down on the first free place the arrow keys come to.
        var placed = new List<(string Code, string Drop)>();
        foreach (var area in new[] { "TA1", "TA2", "TA3" })
            foreach (var code in (await page.Locator($"[data-live=side] a[data-drag]:has-text('{area} Oral')").EvaluateAllAsync<string[]>("all => all.map(a => a.id)")).Take(2))
            {
                await page.Locator($"#{code}").FocusAsync();
                await page.Keyboard.PressAsync("m");
                Assert.That(await page.Locator("[data-carry]").InnerTextAsync(), Does.StartWith($"{code} taken up."));
                var free = page.Locator($"[data-live=grid] a.slot--free[data-drop^='S-{area}@']").First;
                placed.Add((code, (await free.GetAttributeAsync("data-drop"))!));
                for (var i = 0; i < 400 && !await free.EvaluateAsync<bool>("a => a === document.activeElement"); i++) await page.Keyboard.PressAsync("ArrowDown");
                await page.Keyboard.PressAsync("Enter");
                await page.Shows($"text=Saved: {code} into S-{area}");
            }

        Assert.That(await Where(page, placed), Is.EqualTo(placed));
        await AccessibilityTests.CanBeUsed(page);
        await Shot(page, "half-built");

        // The last two steps taken back and brought again.
        foreach (var count in new[] { 5, 4 }) Assert.That(await Step(page, "Undo"), Is.EqualTo(count));
        foreach (var count in new[] { 5, 6 }) Assert.That(await Step(page, "Redo"), Is.EqualTo(count));
        Assert.That(await Where(page, placed), Is.EqualTo(placed));

        // One is held in place, and the others are proposed around it.
        var (held, drop) = placed[2];
        await page.Locator($"#{held}").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Arrive($"**/committee/programme?at={held}*");
        await TabTo(page, "Hold in place");
        await page.Keyboard.PressAsync("Enter");
        await page.Shows($"text=Saved: {held} held in place");
        await page.Locator("#seconds").FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("1");
        await TabTo(page, "Propose a programme");
        await page.Keyboard.PressAsync("Enter");
        await page.Arrive("**/committee/programme?job=*");
        await page.Shows("[data-part=state]:has-text('Done')");
        await page.GotoAsync("/committee/programme");
        Assert.That((await Figure(page, 1), await Figure(page, 2)), Is.EqualTo((0, 0)), "nothing is without a place, nothing blocks a release");
        Assert.That(await page.Locator($"#{held}").GetAttributeAsync("data-drop"), Is.EqualTo(drop));

        var button = page.Locator("#release form button");
        var words = await button.InnerTextAsync();
        Assert.That(words, Does.Match("^Release [0-9]+ and tell [0-9]+ people$"));
        await page.Locator("#release summary").FocusAsync();
        await TabTo(page, words);
        await page.Keyboard.PressAsync("Enter");
        await page.Arrive($"**/programme/releases/{words.Split(' ')[1]}");
        await page.GotoAsync("/programme");
        Assert.That(await page.Locator(".page-head__kicker").InnerTextAsync(), Does.StartWith($"Release {words.Split(' ')[1]} "));
        await page.Context.CloseAsync();
    }

    // By keyboard; how many are placed then.
    private static async Task<int> Step(IPage page, string words)
    {
        var version = await page.Locator("[data-version]").GetAttributeAsync("data-version");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{words}") }).PressAsync("Enter");
        await page.Shows($"[data-version]:not([data-version='{version}'])");
        return await Figure(page, 0);
    }

    private static async Task<int> Figure(IPage page, int which) => int.Parse(await page.Locator(".figures dd").Nth(which).InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<(string Code, string Drop)>> Where(IPage page, IEnumerable<(string Code, string Drop)> talks)
    {
        var found = new List<(string, string)>();
        foreach (var (code, _) in talks) found.Add((code, await page.Locator($"[data-live=grid] #{code}").GetAttributeAsync("data-drop") ?? ""));
        return found;
    }

    private static async Task<(string Code, string Drop)> FirstTalk(IPage page)
    {
        var talk = page.Locator("[data-live=grid] [data-drag][draggable=true][data-drop*='@']").First;
        return ((await talk.GetAttributeAsync("id"))!, (await talk.GetAttributeAsync("data-drop"))!);
    }

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.id");

    // Tabs on until a button with these words has the focus.
    private static async Task TabTo(IPage page, string words)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.innerText ?? ''") == words) return;
        }

        Assert.Fail($"No button “{words}” takes the focus.");
    }

    private static async Task Shot(IPage page, string name)
    {
        if (DemoSite.Screenshots is { } folder) await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"programme-{name}.png"), FullPage = true });
    }
}
