namespace AbstractReview.Typesetting.Pdf;

/// <summary>
/// An element of the structure tree for screen readers (ISO 32000-1, 14.7). It comes into being with its first content and is
/// written as soon as nobody holds it, so that a long book's tree is never in memory.
/// </summary>
internal sealed class StructureElement(Structure structure, StructureElement? parent, string type)
{
    private readonly ByteWriter kids = new(32);
    private int holds;
    private bool written;

    public string Type => type;

    /// <summary>Object number; 0 before the first content.</summary>
    public int Number { get; private set; }

    /// <summary>BCP 47 tag; null where it is that of the surroundings.</summary>
    public string? Language { get; set; }

    /// <summary>The language in force: its own or that of what it stands in.</summary>
    public string LanguageInForce => Language ?? parent?.LanguageInForce ?? structure.Language;

    public string? AlternativeText { get; init; }

    public string? ActualText { get; set; }

    /// <summary>Unique in the document, as notes must have; ASCII.</summary>
    public string? Id { get; set; }

    /// <summary>Raw attribute dictionary, for instance of a table cell.</summary>
    public string? Attributes { get; set; }

    public StructureElement Child(string childType, string? alternative = null, string? attributes = null)
        => new(structure, this, childType) { AlternativeText = alternative, Attributes = attributes };

    /// <summary>Keeps the element open; every hold is ended by one <see cref="Release"/>.</summary>
    public StructureElement Hold()
    {
        if (holds++ == 0) parent?.Hold();
        return this;
    }

    public void Release()
    {
        if (--holds > 0) return;
        Write();
        parent?.Release();
    }

    public void AddContent(int page, int mark)
    {
        Materialize();
        kids.Raw("<</Type/MCR/Pg "u8).Reference(page).Raw("/MCID "u8).Number(mark).Raw(">>"u8);
    }

    public void AddObject(int page, int number)
    {
        Materialize();
        kids.Raw("<</Type/OBJR/Pg "u8).Reference(page).Raw("/Obj "u8).Reference(number).Raw(">>"u8);
    }

    public void Materialize()
    {
        if (Number != 0) return;
        Number = structure.Open(this);
        if (parent is null) return;
        parent.Materialize();
        parent.kids.Reference(Number).Space();
    }

    public void Write()
    {
        if (Number == 0 || written) return;
        written = true;
        var body = new ByteWriter(128 + kids.Length);
        body.Raw("<</Type/StructElem/S/"u8).Ascii(type).Raw("/P "u8).Reference(parent?.Number ?? structure.RootNumber);
        if (Language is not null) body.Raw("/Lang"u8).TextString(Language);
        if (AlternativeText is not null) body.Raw("/Alt"u8).TextString(AlternativeText);
        if (ActualText is not null) body.Raw("/ActualText"u8).TextString(ActualText);
        if (Id is not null) body.Raw("/ID"u8).TextString(Id);
        if (Attributes is not null) body.Raw("/A"u8).Ascii(Attributes);
        body.Raw("/K["u8).Raw(kids.Written).Raw("]>>"u8);
        structure.Write(this, body);
    }
}

/// <summary>The structure tree of a document and the tree that leads from content back to it.</summary>
internal sealed class Structure
{
    private readonly PdfFile file;
    private readonly SortedDictionary<int, StructureElement> open = [];
    private readonly List<int> parents = [];
    private readonly SortedDictionary<string, int> named = new(StringComparer.Ordinal);

    /// <param name="file">Where to write.</param>
    /// <param name="language">BCP 47 tag of the document.</param>
    public Structure(PdfFile file, string language)
    {
        (this.file, Language) = (file, language);
        RootNumber = file.Allocate();
        Root = new StructureElement(this, null, "Document");
        Root.Hold();
    }

    public string Language { get; }

    public int RootNumber { get; }

    public StructureElement Root { get; }

    public int Open(StructureElement element)
    {
        var number = file.Allocate();
        open.Add(number, element);
        return number;
    }

    public void Write(StructureElement element, ByteWriter body)
    {
        file.Object(element.Number, body.Written);
        open.Remove(element.Number);
        if (element.Id is not null) named.TryAdd(element.Id, element.Number);
    }

    /// <summary>A new key of the parent tree; its value is set later.</summary>
    public int NewParentKey()
    {
        parents.Add(0);
        return parents.Count - 1;
    }

    public void SetParent(int key, int number) => parents[key] = number;

    public void Finish()
    {
        Root.Materialize();
        foreach (var element in open.Values.ToArray()) element.Write();
        var tree = new NumberTree(file);
        for (var key = 0; key < parents.Count; key++)
            if (parents[key] != 0) tree.Add(key, parents[key]);
        var body = new ByteWriter();
        body.Raw("<</Type/StructTreeRoot/K["u8).Reference(Root.Number).Raw("]/ParentTree "u8).Reference(tree.Finish())
            .Raw("/ParentTreeNextKey "u8).Number(parents.Count);
        if (named.Count > 0)
        {
            body.Raw("/IDTree<</Names["u8);
            foreach (var (name, number) in named) body.TextString(name).Reference(number).Space();
            body.Raw("]>>"u8);
        }

        body.Raw(">>"u8);
        file.Object(RootNumber, body.Written);
    }

    /// <summary>Keys in ascending order, in leaves of 200.</summary>
    private sealed class NumberTree(PdfFile file)
    {
        private readonly ByteWriter leaf = new();
        private readonly ByteWriter leaves = new();
        private int first, last, count;

        public void Add(int key, int number)
        {
            if (count++ == 0) first = key;
            last = key;
            leaf.Number(key).Space().Reference(number).Space();
            if (count == 200) Flush();
        }

        public int Finish()
        {
            Flush();
            var number = file.Allocate();
            file.Object(number, new ByteWriter().Raw("<</Kids["u8).Raw(leaves.Written).Raw("]>>"u8).Written);
            return number;
        }

        private void Flush()
        {
            if (count == 0) return;
            var number = file.Allocate();
            file.Object(number, new ByteWriter().Raw("<</Limits["u8).Number(first).Space().Number(last).Raw("]/Nums["u8).Raw(leaf.Written).Raw("]>>"u8).Written);
            leaves.Reference(number).Space();
            leaf.Clear();
            count = 0;
        }
    }
}
