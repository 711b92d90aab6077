using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Programme;

public enum ProgrammeFormat { Pdf, Ics, Json, Xml, Csv, Xlsx, Html, Signs, Badges, ChairSheets, PanelCards }

/// <summary>A release in a format; the same release gives the same bytes every time. Badges, chair sheets and panel cards are for those who run the conference.</summary>
public sealed record ExportProgramme(ProgrammeFormat Format, Actor By) : IQuery<ProgrammeFile>
{
    /// <summary>The release; null for the newest.</summary>
    public int? Number { get; init; }

    /// <summary>Calendars only: one area's events.</summary>
    public string? Area { get; init; }

    /// <summary>Calendars only: one person's events, by code such as <c>P17</c>.</summary>
    public string? Person { get; init; }
}

/// <param name="Name">File name.</param>
/// <param name="MediaType">With charset where it is text.</param>
/// <param name="Bytes">The content.</param>
/// <param name="Number">The release it was made from.</param>
/// <param name="ReleasedAt">When that was released.</param>
public sealed record ProgrammeFile(string Name, string MediaType, byte[] Bytes, int Number, DateTimeOffset ReleasedAt);

internal sealed class ExportProgrammeHandler(Releases releases, ProgrammePdf pdf) : IRequestHandler<ExportProgramme, ProgrammeFile>
{
    public async Task<ProgrammeFile> Handle(ExportProgramme query, CancellationToken ct)
    {
        if (query.Format is ProgrammeFormat.Badges or ProgrammeFormat.ChairSheets or ProgrammeFormat.PanelCards)
            Access.Require(Access.MayEditProgramme(query.By), "print badges, chair sheets and panel cards");
        var view = (query.Number is { } number ? await releases.Of(number, ct) : await releases.Newest(ct))
            ?? throw new NotFoundException(query.Number is null ? "The programme has not been released yet." : $"There is no release {query.Number}.");
        if (query.Area is { } area && view.Areas.All(a => a.Code != area)) throw new NotFoundException($"There is no area {area}.");
        if (query.Person is { } person && view.People.All(p => p.Code != person)) throw new NotFoundException($"There is no person {person} in the programme.");
        var (name, type, bytes) = query.Format switch
        {
            ProgrammeFormat.Pdf => ("programme.pdf", "application/pdf", pdf.Programme(view)),
            ProgrammeFormat.Ics => ("programme.ics", "text/calendar; charset=utf-8", CalendarExport.Write(view, query.Area, query.Person)),
            ProgrammeFormat.Json => ("programme.json", "application/json; charset=utf-8", FrabJsonExport.Write(view)),
            ProgrammeFormat.Xml => ("programme.xml", "application/xml; charset=utf-8", FrabXmlExport.Write(view)),
            ProgrammeFormat.Csv => ("programme.csv", "text/csv; charset=utf-8", TableExport.Csv(view)),
            ProgrammeFormat.Xlsx => ("programme.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", TableExport.Xlsx(view)),
            ProgrammeFormat.Html => ("programme.html", "text/html; charset=utf-8", HtmlExport.Write(view)),
            ProgrammeFormat.Signs => ("door-signs.xml", "application/xml; charset=utf-8", SignExport.Write(view)),
            ProgrammeFormat.Badges => ("badges.csv", "text/csv; charset=utf-8", TableExport.Badges(view)),
            ProgrammeFormat.ChairSheets => ("chair-sheets.pdf", "application/pdf", pdf.ChairSheets(view)),
            ProgrammeFormat.PanelCards => ("panel-cards.pdf", "application/pdf", pdf.PanelCards(view)),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Format.ToString()),
        };
        return new ProgrammeFile(name, type, bytes, view.Number, view.ReleasedAt);
    }
}
