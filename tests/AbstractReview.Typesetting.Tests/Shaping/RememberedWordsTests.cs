using System.Security.Cryptography;

namespace AbstractReview.Typesetting.Tests.Shaping;

/// <summary>Shaped words are remembered, but a server sets receipts for months: what keeps being new must not fill its memory.</summary>
[NonParallelizable]
public sealed class RememberedWordsTests
{
    private readonly FontLibrary _fonts = Pages.DejaVu();

    [Test]
    public void A_page_is_the_same_after_more_new_words_than_are_remembered_and_they_do_not_add_up()
    {
        var page = Pages.Of(new Paragraph(new Text(Pages.Prose)));
        var before = Pages.Render(page, _fonts).Bytes;
        SetNewWords(0, 1000);
        var memory = GC.GetTotalMemory(forceFullCollection: true);

        SetNewWords(1000, 55_000);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        TestContext.Out.WriteLine($"{grown:n0} bytes");
        Assert.Multiple(() =>
        {
            Assert.That(grown, Is.LessThan(12_000_000), "remembered for good, 50,000 words and 5,000 checksums take 38 MB");
            Assert.That(Pages.Render(page, _fonts).Bytes, Is.EqualTo(before));
        });
    }

    private void SetNewWords(int from, int count)
    {
        for (var at = from; at < from + count; at += 1000)
        {
            var words = Enumerable.Range(at, 1000).Select(i => i % 10 == 0 ? Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(i))) : $"word{i}");
            Pages.Render(Pages.Of(new Paragraph(new Text(string.Join(' ', words)))), _fonts);
        }
    }
}
