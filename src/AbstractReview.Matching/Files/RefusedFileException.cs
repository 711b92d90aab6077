namespace AbstractReview.Matching.Files;

/// <summary>A file is not what it should be; the message names the file, the line and what is wrong there. Nothing was written.</summary>
public sealed class RefusedFileException(string file, int line, string problem) : FormatException($"{file}, line {line}: {problem}")
{
    public string File { get; } = file;

    /// <summary>The line, counted from 1, on which the refused record begins.</summary>
    public int Line { get; } = line;
}
