using System.Text.Encodings.Web;
using System.Text.Unicode;
using AbstractReview.Web.Pages.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.TagHelpers;

/// <summary>Runs a tag helper as a page would and returns its markup.</summary>
internal sealed class Rendering
{
    private static readonly IModelMetadataProvider Metadata = new ServiceCollection().AddLogging().AddMvc().Services.BuildServiceProvider().GetRequiredService<IModelMetadataProvider>();
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public ModelStateDictionary State { get; } = new();

    public ViewContext View(ShellModel? shell = null)
    {
        var http = new DefaultHttpContext();
        if (shell is not null) http.Items[typeof(ShellModel)] = shell;
        return new ViewContext { HttpContext = http, ViewData = new ViewDataDictionary(Metadata, State) };
    }

    /// <summary>The expression <c>for="property"</c> of a page whose model is <paramref name="model"/>.</summary>
    public static ModelExpression Expression(object model, string property) =>
        new(property, Metadata.GetModelExplorerForType(model.GetType(), model).GetExplorerForProperty(property));

    public static async Task<string> Markup(TagHelper helper, string inside = "", params (string Name, string Value)[] attributes)
    {
        var context = new TagHelperContext([], new Dictionary<object, object>(), "test");
        var output = new TagHelperOutput("x", [.. attributes.Select(a => new TagHelperAttribute(a.Name, a.Value))],
            (_, _) => Task.FromResult(new DefaultTagHelperContent().SetHtmlContent(inside)));
        await helper.ProcessAsync(context, output);
        using var writer = new StringWriter();
        output.WriteTo(writer, Encoder);
        return writer.ToString();
    }
}
