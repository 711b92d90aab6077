using System.Globalization;
using System.Xml.Linq;
using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Book.Formats;

/// <summary>A deposit for Crossref, schema 5.3.1: the conference, its book and a paper for every abstract, whose DOI leads to the newest page of the book.</summary>
internal static class BookCrossref
{
    private static readonly XNamespace Ns = "http://www.crossref.org/schema/5.3.1", Jats = "http://www.ncbi.nlm.nih.gov/JATS1", Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public static byte[] Write(TypesetBook typeset)
    {
        var (book, conference) = (typeset.Content, typeset.Content.Conference);
        var stamp = book.At.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return BookJats.Bytes(X("doi_batch", new XAttribute("version", "5.3.1"), new XAttribute(XNamespace.Xmlns + "xsi", Xsi), new XAttribute(XNamespace.Xmlns + "jats", Jats),
            new XAttribute(Xsi + "schemaLocation", "http://www.crossref.org/schema/5.3.1 https://www.crossref.org/schemas/crossref5.3.1.xsd"),
            X("head", X("doi_batch_id", FormattableString.Invariant($"{Exporting.Slug(conference.Acronym)}-{book.Edition}")), X("timestamp", stamp),
                X("depositor", X("depositor_name", T(conference.Mail.Name)), X("email_address", conference.Mail.Address)), X("registrant", T(conference.Organiser))),
            X("body", X("conference", Event(conference), Proceedings(book), book.Entries.Where(typeset.HasText).Select(e => Paper(typeset, e))))));
    }

    private static XElement Event(Domain.Conferences.Conference c) => X("event_metadata",
        X("conference_name", T(c.Title)), X("conference_acronym", T(c.Acronym)), X("conference_sponsor", T(c.Organiser)),
        X("conference_location", T($"{c.City}, {(Countries.Exists(c.Country) ? Countries.Name(c.Country) : c.Country)}")),
        X("conference_date", At("start_day", c.Dates.FirstDay.Day), At("start_month", c.Dates.FirstDay.Month), At("start_year", c.Dates.FirstDay.Year),
            At("end_day", c.Dates.LastDay.Day), At("end_month", c.Dates.LastDay.Month), At("end_year", c.Dates.LastDay.Year), DateWords.Range(c.Dates.FirstDay, c.Dates.LastDay)));

    private static XElement Proceedings(BookContent book) => X("proceedings_metadata", new XAttribute("language", "en"),
        X("proceedings_title", T(book.Title)), X("publisher", X("publisher_name", T(book.Conference.Organiser)), X("publisher_place", T(book.Conference.City))), Published(book),
        book.Options.Isbn == "" ? X("noisbn", new XAttribute("reason", "monograph")) : X("isbn", book.Options.Isbn));

    private static XElement Published(BookContent book) => X("publication_date", new XAttribute("media_type", "online"),
        X("month", book.Day.Month.ToString("00", CultureInfo.InvariantCulture)), X("day", book.Day.Day.ToString("00", CultureInfo.InvariantCulture)), X("year", book.Day.Year));

    private static XElement Paper(TypesetBook typeset, BookEntry entry)
    {
        var book = typeset.Content;
        var affiliations = book.Options.Prints(BookPiece.Affiliations);
        return X("conference_paper", new XAttribute("publication_type", "abstract_only"),
            X("contributors", entry.Authors.Select((a, i) => Person(a, i == 0, affiliations))),
            X("titles", X("title", T(AbstractText.OneLine(entry.Title)))),
            new XElement(Jats + "abstract", AbstractText.Parts(entry.Abstract).SelectMany(p => p.Kind == AbstractPartKind.Paragraph ? [string.Join(' ', p.Lines)] : p.Lines).Select(line => new XElement(Jats + "p", T(line)))),
            Published(book),
            typeset.Page(entry) is { } page ? X("pages", X("first_page", page)) : null,
            X("publisher_item", X("item_number", new XAttribute("item_number_type", "code"), entry.Code)),
            X("doi_data", X("doi", book.Doi(entry)), X("resource", $"{book.Site}/api/v1/book/latest.html#{entry.Destination}")));
    }

    private static XElement Person(Author a, bool first, bool affiliation) => X("person_name", At("sequence", first ? "first" : "additional"), At("contributor_role", "author"),
        a.GivenName == "" || a.FamilyName == "" ? null : X("given_name", T(a.GivenName)), X("surname", T(a.FamilyName == "" ? a.GivenName : a.FamilyName)),
        affiliation && Affiliations.Words(a) is { Length: > 0 } words ? X("affiliations", X("institution", X("institution_name", T(words)))) : null,
        a.Orcid is null ? null : X("ORCID", $"https://orcid.org/{a.Orcid}"));

    private static XElement X(string name, params object?[] content) => new(Ns + name, content);

    private static XAttribute At(string name, object value) => new(name, Convert.ToString(value, CultureInfo.InvariantCulture)!);

    private static XText T(string text) => new(Exporting.Clean(text));
}
