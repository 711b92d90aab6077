using System.Xml.Linq;
using AbstractReview.App.Accounts;
using AbstractReview.App.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AbstractReview.Web.Accounts;

/// <summary>Where ASP.NET Core keeps its data-protection keys here: in the database. Keys that an older version left in the data folder are taken over.</summary>
internal sealed class DatabaseKeys(ProtectionKeys keys, DataFolder folder) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        // Asked for once at start and once a day, by an interface that does not wait.
        var kept = keys.All(CancellationToken.None).GetAwaiter().GetResult();
        var old = new DirectoryInfo(Path.Combine(folder.Root, "keys"));
        if (kept.Count > 0 || !old.Exists) return [.. kept.Select(XElement.Parse)];
        foreach (var file in old.GetFiles("*.xml")) StoreElement(XElement.Load(file.FullName), Path.GetFileNameWithoutExtension(file.Name));
        return [.. keys.All(CancellationToken.None).GetAwaiter().GetResult().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
        => keys.Keep(friendlyName, element.ToString(SaveOptions.DisableFormatting), CancellationToken.None).GetAwaiter().GetResult();
}
