using System.Numerics;
using System.Runtime.InteropServices;

namespace AbstractReview.Domain.Reviews;

/// <summary>The factor L of a positive definite matrix A = L L', both held as lower triangles, row by row.</summary>
internal sealed class Cholesky
{
    // Columns factored together: what they read of two rows stays in the nearest cache.
    private const int Block = 48;

    private readonly double[][] _l;
    private double[][]? _inverse;

    private Cholesky(double[][] l) => _l = l;

    /// <summary>Factors in place: the triangle given is used up.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static Cholesky Factor(double[][] a)
    {
        for (var from = 0; from < a.Length; from += Block)
        {
            var to = Math.Min(from + Block, a.Length);
            for (var i = from; i < a.Length; i += 2) TakeOff(a, i, from, to);
            for (var i = from; i < a.Length; i++) FactorRow(a, i, from, to);
        }

        return new Cholesky(a);
    }

    public double LogDeterminant => 2 * _l.Select((row, i) => Math.Log(row[i])).Sum();

    /// <summary>x of A x = b.</summary>
    public double[] Solve(double[] b)
    {
        var x = (double[])b.Clone();
        for (var i = 0; i < x.Length; i++) x[i] = (x[i] - Dot(_l[i], x, 0, i)) / _l[i][i];
        for (var i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= _l[i][i];
            for (var j = 0; j < i; j++) x[j] -= _l[i][j] * x[i];
        }

        return x;
    }

    /// <summary>One entry of A⁻¹ = M' M with M = L⁻¹; the columns of M are made once, at the first question.</summary>
    public double Inverse(int i, int j)
    {
        _inverse ??= Columns();
        return Dot(_inverse[i], _inverse[j], Math.Max(i, j), _l.Length);
    }

    // What the columns before this block explain of rows i and i + 1, four columns at a time: each number read serves two products or four.
    private static void TakeOff(double[][] a, int i, int from, int to)
    {
        if (from == 0) return;
        if (i + 1 == a.Length)
        {
            for (var k = from; k < Math.Min(to, i + 1); k++) a[i][k] -= Dot(a[i], a[k], 0, from);
            return;
        }

        double[] p = a[i], q = a[i + 1];
        var j = from;
        for (; j + 3 < to && j + 3 <= i; j += 4)
        {
            var sums = Dots(p, q, a[j], a[j + 1], a[j + 2], a[j + 3], 0, from);
            for (var k = 0; k < 4; k++)
            {
                p[j + k] -= sums[k];
                q[j + k] -= sums[k + 4];
            }
        }

        for (; j < to && j <= i + 1; j++)
        {
            if (j <= i) p[j] -= Dot(p, a[j], 0, from);
            q[j] -= Dot(q, a[j], 0, from);
        }
    }

    private static void FactorRow(double[][] a, int i, int from, int to)
    {
        var row = a[i];
        for (var j = from; j < Math.Min(to, i); j++) row[j] = (row[j] - Dot(row, a[j], from, j)) / a[j][j];
        if (i >= to) return;
        var rest = row[i] - Dot(row, row, from, i);
        row[i] = rest > 0 ? Math.Sqrt(rest) : throw new ArithmeticException("The matrix is not positive definite.");
    }

    // Column j of L⁻¹ lies in row j here. As in the factor, what is read of L stays near for a block of columns, and two rows of it meet four columns.
    private double[][] Columns()
    {
        var n = _l.Length;
        var columns = new double[n][];
        for (var j = 0; j < n; j++) columns[j] = new double[n];
        for (var from = 0; from < n; from += Block)
        {
            var to = Math.Min(from + Block, n);
            for (var i = from; i < to; i++) InvertRow(columns, i, from, i + 1);
            for (var i = to; i < n; i += 2)
            {
                if (i + 1 == n) InvertRow(columns, i, from, to);
                else InvertRows(columns, i, from, to);
            }
        }

        return columns;
    }

    private void InvertRow(double[][] columns, int i, int from, int to)
    {
        for (var j = from; j < to; j++) columns[j][i] = ((i == j ? 1 : 0) - Dot(_l[i], columns[j], from, i)) / _l[i][i];
    }

    private void InvertRows(double[][] columns, int i, int from, int to)
    {
        double[] p = _l[i], q = _l[i + 1];
        var j = from;
        for (; j + 3 < to; j += 4)
        {
            var sums = Dots(p, q, columns[j], columns[j + 1], columns[j + 2], columns[j + 3], from, i);
            for (var k = 0; k < 4; k++)
            {
                var above = columns[j + k][i] = -sums[k] / p[i];
                columns[j + k][i + 1] = -(sums[k + 4] + q[i] * above) / q[i + 1];
            }
        }

        for (; j < to; j++)
        {
            columns[j][i] = -Dot(p, columns[j], from, i) / p[i];
            columns[j][i + 1] = -Dot(q, columns[j], from, i + 1) / q[i + 1];
        }
    }

    [System.Runtime.CompilerServices.InlineArray(8)]
    private struct Eight
    {
        private double _first;
    }

    private static Eight Dots(double[] p, double[] q, double[] a, double[] b, double[] c, double[] d, int from, int to)
    {
        ref double x = ref At(p, from, to), y = ref At(q, from, to), s = ref At(a, from, to), t = ref At(b, from, to), u = ref At(c, from, to), v = ref At(d, from, to);
        Vector<double> ps = default, pt = default, pu = default, pv = default, qs = default, qt = default, qu = default, qv = default;
        nuint k = 0, count = (nuint)(to - from), width = (nuint)Vector<double>.Count;
        for (; k + width <= count; k += width)
        {
            var (f, g) = (Vector.LoadUnsafe(ref x, k), Vector.LoadUnsafe(ref y, k));
            var h = Vector.LoadUnsafe(ref s, k);
            ps = Vector.MultiplyAddEstimate(f, h, ps);
            qs = Vector.MultiplyAddEstimate(g, h, qs);
            h = Vector.LoadUnsafe(ref t, k);
            pt = Vector.MultiplyAddEstimate(f, h, pt);
            qt = Vector.MultiplyAddEstimate(g, h, qt);
            h = Vector.LoadUnsafe(ref u, k);
            pu = Vector.MultiplyAddEstimate(f, h, pu);
            qu = Vector.MultiplyAddEstimate(g, h, qu);
            h = Vector.LoadUnsafe(ref v, k);
            pv = Vector.MultiplyAddEstimate(f, h, pv);
            qv = Vector.MultiplyAddEstimate(g, h, qv);
        }

        var sums = new Eight();
        (sums[0], sums[1], sums[2], sums[3]) = (Vector.Sum(ps), Vector.Sum(pt), Vector.Sum(pu), Vector.Sum(pv));
        (sums[4], sums[5], sums[6], sums[7]) = (Vector.Sum(qs), Vector.Sum(qt), Vector.Sum(qu), Vector.Sum(qv));
        for (var i = from + (int)k; i < to; i++)
        {
            (sums[0], sums[1], sums[2], sums[3]) = (sums[0] + p[i] * a[i], sums[1] + p[i] * b[i], sums[2] + p[i] * c[i], sums[3] + p[i] * d[i]);
            (sums[4], sums[5], sums[6], sums[7]) = (sums[4] + q[i] * a[i], sums[5] + q[i] * b[i], sums[6] + q[i] * c[i], sums[7] + q[i] * d[i]);
        }

        return sums;
    }

    // The bounds are looked at once for a whole row.
    private static ref double At(double[] row, int from, int to) => ref MemoryMarshal.GetReference(row.AsSpan(from, to - from));

    private static double Dot(double[] a, double[] b, int from, int to)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(a.AsSpan(from, to - from));
        var y = MemoryMarshal.Cast<double, Vector<double>>(b.AsSpan(from, to - from));
        var sums = Vector<double>.Zero;
        for (var k = 0; k < x.Length; k++) sums = Vector.MultiplyAddEstimate(x[k], y[k], sums);
        var sum = Vector.Sum(sums);
        for (var k = from + x.Length * Vector<double>.Count; k < to; k++) sum += a[k] * b[k];
        return sum;
    }
}
