namespace AbstractReview.Domain.Reviews;

/// <summary>The lowest point of a smooth function: of two numbers by the simplex of Nelder and Mead (Computer Journal 7, 1965), of one by its likes.</summary>
internal static class Simplex
{
    private const int MostSteps = 200;

    /// <param name="f">The function.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="step">Edge of the first triangle.</param>
    /// <param name="tolerance">Edge of the triangle at which it is good enough.</param>
    /// <returns>The point, and the function there.</returns>
    public static ((double A, double B) X, double F) Lowest(Func<(double A, double B), double> f, (double A, double B) start, double step, double tolerance)
    {
        var corners = new[] { start, (A: start.A + step, start.B), (start.A, B: start.B + step) }.Select(x => (X: x, F: f(x))).ToArray();
        for (var i = 0; i < MostSteps; i++)
        {
            Array.Sort(corners, (p, q) => p.F.CompareTo(q.F));
            var (best, middle, worst) = (corners[0], corners[1], corners[2]);
            if (Distance(best.X, worst.X) < tolerance && Distance(best.X, middle.X) < tolerance) break;
            var centre = ((best.X.A + middle.X.A) / 2, (best.X.B + middle.X.B) / 2);
            var reflected = At(Along(centre, worst.X, -1));
            if (reflected.F < best.F)
            {
                var further = At(Along(centre, worst.X, -2));
                corners[2] = further.F < reflected.F ? further : reflected;
            }
            else if (reflected.F < middle.F) corners[2] = reflected;
            else
            {
                var nearer = At(Along(centre, worst.X, reflected.F < worst.F ? -0.5 : 0.5));
                if (nearer.F < Math.Min(worst.F, reflected.F)) corners[2] = nearer;
                else (corners[1], corners[2]) = (At(Along(best.X, middle.X, 0.5)), At(Along(best.X, worst.X, 0.5)));
            }
        }

        return corners.MinBy(c => c.F);

        ((double A, double B) X, double F) At((double A, double B) x) => (x, f(x));
    }

    /// <summary>Of one number: doubles its step while it goes down, and turns round with a quarter of it where it goes up, until the step is below 1/1000.</summary>
    public static (double X, double F) Lowest(Func<double, double> f, double start)
    {
        var (x, at, step) = (start, f(start), 0.5);
        for (var i = 0; i < MostSteps && Math.Abs(step) > 1e-3; i++)
        {
            var next = f(x + step);
            (x, at, step) = next < at ? (x + step, next, 2 * step) : (x, at, -step / 4);
        }

        return (x, at);
    }

    private static (double A, double B) Along((double A, double B) from, (double A, double B) to, double share)
        => (from.A + share * (to.A - from.A), from.B + share * (to.B - from.B));

    private static double Distance((double A, double B) p, (double A, double B) q) => Math.Max(Math.Abs(p.A - q.A), Math.Abs(p.B - q.B));
}
