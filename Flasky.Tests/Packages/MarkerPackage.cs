using System.IO.Compression;
using System.Reflection;
using System.Reflection.Emit;

namespace Flasky.Tests.Packages;

/// <summary>
/// A package with a true id and an assembly of that name, as a feed that serves the real one would have it. A version
/// just below the stand-in's shows that any real one wins.
/// </summary>
internal static class MarkerPackage
{
    public static void Write(string feed, string id, string version)
    {
        using var package = ZipFile.Open(Path.Combine(feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open()))
            nuspec.Write(Nuspec(id, version));
        using var library = package.CreateEntry($"lib/net10.0/{id}.dll").Open();
        Assembly(id).Save(library);
    }

    private static string Nuspec(string id, string version) => $"""
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{id}</id><version>{version}</version><authors>test</authors><description>A marker</description>
            <dependencies><group targetFramework="net10.0">{Dependency(id)}</group></dependencies>
          </metadata>
        </package>
        """;

    // The two dependencies between the real packages that bring in a package which no project names.
    private static string Dependency(string id) => id switch
    {
        "MailKit" => """<dependency id="MimeKit" version="4.0.0" />""",
        "Aspire.Hosting.AppHost" => """<dependency id="Aspire.Hosting" version="13.0.0" />""",
        _ => "",
    };

    private static PersistedAssemblyBuilder Assembly(string id)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(id), typeof(object).Assembly);
        // An interface, because it has no base type: a class would name this runtime's private core library.
        assembly.DefineDynamicModule(id).DefineType($"{id}.MimeMessage", TypeAttributes.Public | TypeAttributes.Interface | TypeAttributes.Abstract).CreateType();
        return assembly;
    }
}
