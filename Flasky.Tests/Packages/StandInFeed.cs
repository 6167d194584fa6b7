using System.Xml.Linq;

namespace Flasky.Tests.Packages;

/// <summary>What compat/feed holds: one text-only package for each id that a curated feed may lack.</summary>
internal static class StandInFeed
{
    public static IReadOnlyList<(string Id, string Version)> Packages { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "compat", "feed"), "*.nuspec", SearchOption.AllDirectories).Select(Read)];

    private static (string Id, string Version) Read(string nuspec)
    {
        var metadata = XDocument.Load(nuspec).Root!.Elements().First();
        return (Value(metadata, "id"), Value(metadata, "version"));
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().First(element => element.Name.LocalName == name).Value;
}
