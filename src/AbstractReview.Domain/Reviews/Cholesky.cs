using System.Numerics;
using System.Runtime.InteropServices;

namespace AbstractReview.Domain.Reviews;

/// <summary>The factor L of a positive definite matrix A = L L', both held as lower triangles, row by row.</summary>
internal sealed class Cholesky
{
    private readonly double[][] _l;

    private Cholesky(double[][] l) => _l = l;

    /// <summary>Factors in place: the triangle given is used up.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static Cholesky Factor(double[][] a)
    {
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < i; j++) a[i][j] = (a[i][j] - Dot(a[i], a[j], 0, j)) / a[j][j];
            var rest = a[i][i] - Dot(a[i], a[i], 0, i);
            a[i][i] = rest > 0 ? Math.Sqrt(rest) : throw new ArithmeticException("The matrix is not positive definite.");
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

    /// <summary>The lower triangle of A⁻¹ = M' M with M = L⁻¹; M is held by columns, so that every inner loop runs along memory.</summary>
    public double[][] Inverse()
    {
        var n = _l.Length;
        var columns = new double[n][];
        for (var j = 0; j < n; j++)
        {
            var m = columns[j] = new double[n];
            m[j] = 1 / _l[j][j];
            for (var i = j + 1; i < n; i++) m[i] = -Dot(_l[i], m, j, i) / _l[i][i];
        }

        var inverse = new double[n][];
        for (var i = 0; i < n; i++)
        {
            inverse[i] = new double[i + 1];
            for (var j = 0; j <= i; j++) inverse[i][j] = Dot(columns[i], columns[j], i, n);
        }

        return inverse;
    }

    private static double Dot(double[] a, double[] b, int from, int to)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(a.AsSpan(from, to - from));
        var y = MemoryMarshal.Cast<double, Vector<double>>(b.AsSpan(from, to - from));
        var sums = Vector<double>.Zero;
        for (var k = 0; k < x.Length; k++) sums += x[k] * y[k];
        var sum = Vector.Sum(sums);
        for (var k = from + x.Length * Vector<double>.Count; k < to; k++) sum += a[k] * b[k];
        return sum;
    }
}
