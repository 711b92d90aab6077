namespace AbstractReview.App.Tests.Submissions;

/// <summary>Ten texts that mean harm: markup, templates, formulas, header breaks, reversed and invisible characters, four-byte ones, SQL.</summary>
internal static class AttackTexts
{
    public static readonly string[] All =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{7*7}} {% include 'x' %} ${7*7} <%= 7*7 %>", "=HYPERLINK(\"http://evil.example\",\"x\")", "@SUM(1+1)*cmd|' /C calc'!A0",
        "Name\r\nBcc: everybody@example.org", "abc \u202Egpj.exe", "zero\u200Bwidth\u200D\uFEFFjoined", "😀 𝕬𝖟 𐍈", "'; drop table Submission; --",
    ];
}
