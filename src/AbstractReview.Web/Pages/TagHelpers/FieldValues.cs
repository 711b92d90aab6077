using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>What a field shows: what was typed, if anything was posted, else what the model holds; and the first error.</summary>
internal sealed class FieldValues
{
    public FieldValues(string name, ModelExpression expression, ModelStateDictionary state)
    {
        Name = name;
        Id = FieldTagHelper.IdOf(name);
        state.TryGetValue(name, out var entry);
        Error = entry?.Errors.Select(error => error.ErrorMessage).FirstOrDefault(message => message.Length > 0);
        Values = entry?.RawValue is { } typed ? Texts(typed) : Texts(expression.Model);
    }

    public string Name { get; }
    public string Id { get; }
    public string? Error { get; }
    public IReadOnlyList<string> Values { get; }
    public string Single => Values.Count > 0 ? Values[0] : "";

    private static IReadOnlyList<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable many => [.. many.Cast<object?>().Select(Text)],
        _ => [Text(value)],
    };

    /// <summary>As an input of HTML wants it, which is also how model binding reads it under the invariant culture.</summary>
    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTime local => local.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
