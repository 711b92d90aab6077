namespace AbstractReview.Domain.Reviews;

/// <summary>
/// The lowest point of a smooth function of two numbers by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno (Nocedal, Wright:
/// Numerical Optimization, Springer 2006, chapter 6), down to the digits that the slope has: the answer is the function's, not the search's.
/// </summary>
internal static class Descent
{
    private const int MostSteps = 100;

    // A step as short as this is taken without asking what is there: the error after it is a small part of it.
    private const double Close = 1e-8;

    // The numbers are logarithms here: no further at once than a factor of e².
    private const double Longest = 2;

    /// <summary>The function at (A, B): its value, its slope, and a guess of its curvature along each of the two; above 0.</summary>
    public readonly record struct Point(double A, double B, double F, (double A, double B) Slope, (double A, double B) Bend);

    /// <summary>Where a search ended, its value there, and the inverse of the curvature as it learned it; <paramref name="Sure"/> where the last step was a short one.</summary>
    public readonly record struct End(double A, double B, double F, (double AA, double AB, double BB) Inverse, bool Sure);

    /// <param name="f">The function. Where it does not depend on the second number, its slope there is 0.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="least">Neither number gets below this.</param>
    /// <param name="most">Neither number gets above this.</param>
    /// <param name="known">The inverse of the curvature near the start, where a search of a similar function has learned it.</param>
    public static End Lowest(Func<double, double, Point> f, (double A, double B) start, double least, double most, (double AA, double AB, double BB)? known = null)
    {
        var at = f(Math.Clamp(start.A, least, most), Math.Clamp(start.B, least, most));
        var inverse = known ?? Guess(at);
        for (var i = 0; i < MostSteps; i++)
        {
            var (slopeA, slopeB) = (Free(at.A, at.Slope.A), Free(at.B, at.Slope.B));
            if (slopeA == 0 || slopeB == 0) inverse = (inverse.AA, 0, inverse.BB);
            var a = Math.Clamp(-inverse.AA * slopeA - inverse.AB * slopeB, -Longest, Longest);
            var b = Math.Clamp(-inverse.AB * slopeA - inverse.BB * slopeB, -Longest, Longest);
            if (Math.Abs(a) + Math.Abs(b) < Close) return new End(Math.Clamp(at.A + a, least, most), Math.Clamp(at.B + b, least, most), at.F, inverse, true);
            if (Nearer(at, a, b) is not { } next) break;
            inverse = Learned(inverse, next, at);
            at = next;
        }

        return new End(at.A, at.B, at.F, inverse, false);

        // Down, or where rounding hides the difference, to where it is flatter; null where a thousandth of the step is neither.
        Point? Nearer(Point from, double a, double b)
        {
            for (var share = 1.0; share > 1e-3; share /= 2)
            {
                var next = f(Math.Clamp(from.A + share * a, least, most), Math.Clamp(from.B + share * b, least, most));
                if (next.F < from.F || Steepness(next) < Steepness(from)) return next;
            }

            return null;
        }

        double Steepness(Point p) => Math.Abs(Free(p.A, p.Slope.A)) + Math.Abs(Free(p.B, p.Slope.B));

        // At a bound, what lies beyond it does not count.
        double Free(double x, double slope) => (x <= least && slope > 0) || (x >= most && slope < 0) ? 0 : slope;
    }

    private static (double AA, double AB, double BB) Guess(Point at) => (1 / at.Bend.A, 0, 1 / at.Bend.B);

    // The inverse of the curvature, corrected by what the last step showed of it; guessed anew where that showed a hill.
    private static (double AA, double AB, double BB) Learned((double AA, double AB, double BB) h, Point next, Point last)
    {
        var (sa, sb) = (next.A - last.A, next.B - last.B);
        var (ya, yb) = (next.Slope.A - last.Slope.A, next.Slope.B - last.Slope.B);
        var sy = sa * ya + sb * yb;
        if (!(sy > 1e-12 * Math.Sqrt((sa * sa + sb * sb) * (ya * ya + yb * yb)))) return Guess(next);
        var (hya, hyb) = (h.AA * ya + h.AB * yb, h.AB * ya + h.BB * yb);
        var scale = (sy + ya * hya + yb * hyb) / (sy * sy);
        return (h.AA + scale * sa * sa - 2 * hya * sa / sy, h.AB + scale * sa * sb - (hya * sb + sa * hyb) / sy, h.BB + scale * sb * sb - 2 * hyb * sb / sy);
    }
}
