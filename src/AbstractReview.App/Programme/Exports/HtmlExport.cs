using System.Globalization;
using System.Net;
using System.Text;

namespace AbstractReview.App.Programme.Exports;

/// <summary>The whole programme as one page that needs nothing else: to print, to mail, to keep. HTML that is well-formed XML too, so that any reader can check it.</summary>
internal static class HtmlExport
{
    public static byte[] Write(ProgrammeView view)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>Programme – {E(view.Title)}</title>
            <style>{Css}{string.Concat(view.Areas.Select(a => $".h{view.Hue(a.Code)}{{border-color:{Exporting.Colour(view.Hue(a.Code))}}}\n").Distinct())}</style>
            </head>
            <body>
            <header>
            <h1>{E(view.Title)}</h1>
            <p>{E(view.Venue)}, {E(view.City)} · Programme, release {view.Number} of {TimeZoneInfo.ConvertTime(view.ReleasedAt, view.TimeZone):d MMMM yyyy} · Times of {E(view.Zone)}</p>
            <nav aria-label="Days"><ul>{string.Concat(view.Days.Select(d => $"<li><a href=\"#d{d:yyyy-MM-dd}\">{d.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}</a></li>"))}</ul></nav>
            </header>
            <main>

            """);
        foreach (var day in view.Days)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section class=\"day\" id=\"d{day:yyyy-MM-dd}\">\n<h2>{day:dddd d MMMM yyyy}</h2>\n");
            foreach (var session in view.On(day)) Session(html, view, session);
            html.Append("</section>\n");
        }

        html.Append("</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(html.Replace("\r\n", "\n").ToString());
    }

    private static void Session(StringBuilder html, ProgrammeView view, ViewSession s)
    {
        var hue = s.AreaCode is null ? "" : $" h{view.Hue(s.AreaCode)}";
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"session{hue}\" id=\"{E(s.Code)}\">\n<h3>{(s.AreaCode is null ? "" : $"<b>{E(s.AreaCode)}</b> ")}{E(s.Title)}</h3>\n<p class=\"when\">{Time(view, s.Start)}–{Time(view, s.End)} · {E(view.Room(s.Room).Name)}</p>\n");
        Office(html, view, "Chair", s.Chairs);
        Office(html, view, "Rapporteur", s.Rapporteurs);
        if (s.Slots.Count > 0)
        {
            html.Append("<ol>\n");
            foreach (var x in s.Slots) Slot(html, view, x);
            html.Append("</ol>\n");
        }

        Office(html, view, $"Panel discussion, {s.TalksEnd.ToString("HH:mm", CultureInfo.InvariantCulture)}", s.Panellists);
        html.Append("</article>\n");
    }

    private static void Slot(StringBuilder html, ProgrammeView view, ViewSlot x)
    {
        var place = x.Board is { } board ? string.Create(CultureInfo.InvariantCulture, $"Board {board}") : Time(view, x.Start);
        html.Append(CultureInfo.InvariantCulture, $"<li id=\"{E(x.Code)}\"><span class=\"at\">{place}</span><div><span class=\"title\" dir=\"auto\">{E(x.Title)}</span>{(x.Number is null ? "" : $" <small>{E(x.Code)}</small>")}");
        if (x.Authors.Count > 0)
            html.Append("<br/><span class=\"who\">").AppendJoin(", ", x.Authors.Select(a => a.Presenting ? $"<b><bdi>{E(a.FullName)}</bdi></b>" : $"<bdi>{E(a.FullName)}</bdi>")).Append("</span>");
        html.Append("</div></li>\n");
    }

    private static void Office(StringBuilder html, ProgrammeView view, string office, IReadOnlyList<string> people)
    {
        if (people.Count == 0) return;
        html.Append("<p class=\"office\">").Append(office).Append(": ")
            .AppendJoin(", ", people.Select(p => view.Person(p)).Select(p => $"<bdi>{E(p.FullName)}</bdi>{(p.Affiliation == "" ? "" : $" (<bdi>{E(p.Affiliation)}</bdi>)")}")).Append("</p>\n");
    }

    private static string Time(ProgrammeView view, DateTime at)
        => string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{Exporting.Instant(view, at)}\">{at:HH:mm}</time>");

    private static string E(string text) => WebUtility.HtmlEncode(Exporting.Clean(text));

    private const string Css = """

        :root{color-scheme:light dark}
        body{font:15px/1.45 system-ui,"Segoe UI","Noto Sans",sans-serif;max-width:50rem;margin:0 auto;padding:1rem}
        h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.25rem;border-bottom:2px solid;margin-top:2.5rem}h3{font-size:1rem;margin:0}
        nav ul{display:flex;flex-wrap:wrap;gap:.5rem 1rem;list-style:none;padding:0}
        .session{border-left:4px solid #888;padding-left:.75rem;margin:1rem 0;break-inside:auto}
        .when,.office{margin:.15rem 0;opacity:.85}ol{list-style:none;padding:0;margin:.5rem 0}
        li{display:grid;grid-template-columns:4.5rem 1fr;padding:.2rem 0;break-inside:avoid}
        .at{font-variant-numeric:tabular-nums;opacity:.85}.title{font-weight:600}
        nav li{display:list-item}
        @media print{body{font-size:9.5pt;max-width:none;padding:0}nav{display:none}.day{break-before:page}.day:first-child{break-before:auto}h3,.when{break-after:avoid}}

        """;
}
