using AbstractReview.Domain.Accounts;

namespace AbstractReview.Domain.Tests;

public class TotpTests
{
    // RFC 6238, appendix B: the secret "12345678901234567890", the last six of its eight digits.
    [TestCase(59, "287082")]
    [TestCase(1111111109, "081804")]
    [TestCase(1234567890, "005924")]
    [TestCase(2000000000, "279037")]
    public void The_codes_are_those_of_the_standard(long seconds, string code)
    {
        var key = Totp.Key("12345678901234567890"u8);

        Assert.That(Totp.Code(key, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))), Is.EqualTo(code));
    }

    [TestCase(-31, null)]
    [TestCase(-30, 99L)]
    [TestCase(0, 100L)]
    [TestCase(59, 101L)]
    [TestCase(60, null)]
    public void A_code_is_taken_one_step_either_side_of_now(int seconds, long? step)
    {
        var key = Totp.Key("12345678901234567890"u8);
        var at = DateTimeOffset.FromUnixTimeSeconds(3000);

        Assert.That(Totp.StepOf(key, Totp.Code(key, Totp.StepAt(at.AddSeconds(seconds))), at, 0), Is.EqualTo(step));
    }
}
