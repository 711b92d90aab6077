using System.Globalization;
using System.Text;

namespace AbstractReview.Typesetting.Layout;

internal static class Numerals
{
    private static readonly (int Value, string Sign)[] Signs =
        [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];

    /// <summary>Lower-case Roman numeral of a number from 1.</summary>
    public static string Roman(int number)
    {
        var text = new StringBuilder();
        foreach (var (value, sign) in Signs)
            for (; number >= value; number -= value) text.Append(sign);
        return text.ToString();
    }

    /// <summary>A page's label.</summary>
    public static string Label(PageNumbering numbering, int number) => numbering.Style switch
    {
        NumberStyle.Arabic => numbering.Prefix + number.ToString(CultureInfo.InvariantCulture),
        NumberStyle.Roman => numbering.Prefix + Roman(number),
        NumberStyle.RomanUpper => numbering.Prefix + Roman(number).ToUpperInvariant(),
        _ => numbering.Prefix,
    };
}

internal static class InlineText
{
    /// <summary>The plain text of inlines.</summary>
    public static string Of(IEnumerable<Inline> content)
    {
        var text = new StringBuilder();
        foreach (var inline in content)
        {
            switch (inline)
            {
                case Text part:
                    text.Append(part.Value.ReplaceLineEndings(" "));
                    break;
                case Link link:
                    text.Append(Of(link.Content));
                    break;
                case LineBreak:
                    text.Append(' ');
                    break;
            }
        }

        return text.ToString();
    }
}
