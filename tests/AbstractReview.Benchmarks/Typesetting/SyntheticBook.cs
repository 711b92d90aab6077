using AbstractReview.Typesetting;

namespace AbstractReview.Benchmarks.Typesetting;

/// <summary>A book of made-up abstracts of about 250 words, with names in ten scripts, and a letter of one page.</summary>
internal static class SyntheticBook
{
    private static readonly string[] Names =
    [
        "Marie Dubois", "ليلى الخطيب", "Иван Петров", "王小明", "김민수", "राजेश कुमार", "สมชาย ใจดี", "יוסי כהן", "Γιώργος Παπαδόπουλος",
        "田中 花子", "Łukasz Żółć", "Nguyễn Thị Hạnh", "Գրիգոր Հակոբյան", "გიორგი ბერიძე", "José Muñoz", "Ángela Núñez", "Øystein Åsen", "Gökçe Şahin",
    ];

    private static readonly string[] Words =
        """
        the of and to in a is for with on security nuclear regulatory material facility transport source assessment inspection culture threat
        response detection border capacity training national international framework legislation implementation sustainability cybersecurity insider
        physical protection graded approach effective efficient sufficient authority licensing oversight operator radioactive verification exercise
        cooperation information confidentiality communication measures requirements design basis evaluation methodology results experience lessons
        learned programme strategy stakeholders independent competent vulnerability computer systems instrumentation control emergency preparedness
        forensic laboratory analysis evidence recovery storage disposal research reactor fuel cycle industrial medical use sealed sources registry
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly StyleSheet Styles = StyleSheet.Default;

    public static Document Book(int abstracts) => new()
    {
        Title = "Book of Abstracts",
        Author = "Programme Committee",
        Created = new DateTimeOffset(2026, 5, 12, 0, 0, 0, TimeSpan.Zero),
        FacingPages = true,
        Page = PageTemplate.A4 with
        {
            Margins = new Margins(80, 66, 84, 84), RuleUnderHead = true,
            Head = new RunningLine { Start = [new RunningHeading(1)], End = [new Folio()] },
            HeadEven = new RunningLine { Start = [new Folio()], End = [new RunningHeading(1)] },
        },
        Sections = Sections(abstracts),
    };

    public static Document Letter(int number) => new()
    {
        Title = $"Letter {number}",
        Created = new DateTimeOffset(2026, 5, 12, 0, 0, 0, TimeSpan.Zero),
        Sections =
        [
            new Section
            {
                Blocks =
                [
                    new Paragraph(Text.Strong("Programme Committee"), new LineBreak(), "Wagramer Strasse 5", new LineBreak(), "1400 Vienna"),
                    new Spacer(30),
                    new Paragraph(Text.Isolated(Names[number % 3]), new LineBreak(), $"Reference {number:0000}"),
                    new Heading(2, $"Your abstract {number}") { InContents = false },
                    .. Enumerable.Range(0, 5).Select(part => new Paragraph(Prose(new Random(number * 10 + part), 60))),
                    new Paragraph("Yours sincerely"),
                ],
            },
        ],
    };

    private static IEnumerable<Section> Sections(int abstracts)
    {
        yield return new Section { Blocks = [new Spacer(160), new Paragraph("Book of Abstracts") { Style = Styles.Title }], Numbering = new PageNumbering(NumberStyle.None) };
        yield return new Section
        {
            Numbering = new PageNumbering(NumberStyle.Roman), Start = SectionStart.Recto,
            Blocks = [new Heading(1, "Contents") { InContents = false }, new TableOfContents()],
        };
        yield return new Section { Numbering = new PageNumbering(NumberStyle.Arabic), Start = SectionStart.Recto, Blocks = Body(abstracts) };
        yield return new Section
        {
            Blocks =
            [
                new Heading(1, "Index of authors"),
                new AlphabeticalIndex(Enumerable.Range(0, abstracts).Select(number =>
                    new IndexEntry($"{Names[number % Names.Length]} {number / Names.Length}", [$"a{number}", $"a{number * 7 % abstracts}"]))),
            ],
        };
    }

    private static IEnumerable<Block> Body(int abstracts)
    {
        for (var number = 0; number < abstracts; number++)
        {
            if (number % 50 == 0) yield return new Heading(1, $"Area {number / 50 + 1}: {Title(new Random(-number - 1))}");
            foreach (var block in Abstract(number)) yield return block;
        }
    }

    private static IEnumerable<Block> Abstract(int number)
    {
        var random = new Random(number);
        yield return new Heading(2, $"TA1-O-{number:000}  {Title(random)}") { Destination = $"a{number}", Tag = $"AR-{number}" };
        List<Inline> authors = [];
        for (var i = 0; i < 4; i++)
        {
            if (i > 0) authors.Add(", ");
            authors.Add(new Text(Names[random.Next(Names.Length)]) { Isolate = true, Underline = i == 0 });
            authors.Add(Text.Raised($"{i % 2 + 1}"));
        }

        yield return new Paragraph(authors) { Style = Authors };
        yield return new Paragraph(Text.Raised("1"), "National Regulatory Authority, Vienna; ", Text.Raised("2"), "Institute of Nuclear Research") { Style = Affiliations };
        yield return new Paragraph(Prose(random, 130));
        yield return new Paragraph(Prose(random, 120));
        yield return new Paragraph(Text.Emphasis("Keywords: "), "nuclear security, regulation, culture") { Style = Styles.Small };
    }

    private static readonly ParagraphStyle Authors = StyleSheet.Default.Body with { Align = Alignment.Start, Direction = TextDirection.LeftToRight, SpaceAfter = 1 };
    private static readonly ParagraphStyle Affiliations = StyleSheet.Default.Small with { Align = Alignment.Start };

    private static string Title(Random random)
        => string.Join(' ', Enumerable.Range(0, random.Next(5, 12)).Select(_ => Words[random.Next(Words.Length)]));

    private static string Prose(Random random, int words)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < words; i++)
        {
            var word = Words[random.Next(Words.Length)];
            if (i % 15 == 0) word = char.ToUpperInvariant(word[0]) + word[1..];
            text.Append(word).Append(i % 15 == 14 || i == words - 1 ? ". " : i % 7 == 6 ? ", " : " ");
        }

        return text.ToString().TrimEnd();
    }
}
