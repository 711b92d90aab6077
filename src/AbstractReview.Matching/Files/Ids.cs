namespace AbstractReview.Matching.Files;

/// <summary>Numbers identifiers in the order in which they are first met.</summary>
internal sealed class Ids
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _names = [];

    public Ids() => _bySpan = _positions.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _names.Count;
    public string this[int position] => _names[position];

    public int Of(ReadOnlySpan<char> id)
    {
        if (_bySpan.TryGetValue(id, out var position)) return position;
        var name = id.ToString();
        _positions[name] = _names.Count;
        _names.Add(name);
        return _names.Count - 1;
    }
}
