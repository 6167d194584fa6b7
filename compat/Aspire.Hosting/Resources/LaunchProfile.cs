using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>A launch profile of a project: Properties/launchSettings.json.</summary>
internal sealed record LaunchProfile(string Name, string? ApplicationUrl, IReadOnlyDictionary<string, string> EnvironmentVariables)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The wanted profile, or the AppHost's, or the first that starts the project itself; null if there is none.</summary>
    internal static LaunchProfile? Find(string projectPath, string? wanted, string? appHostProfile)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
            return wanted is null ? null : throw NotFound(wanted, projectPath);

        using var settings = JsonDocument.Parse(File.ReadAllText(path), Lenient);
        if (!settings.RootElement.TryGetProperty("profiles", out var section))
            return wanted is null ? null : throw NotFound(wanted, projectPath);

        var profiles = section.EnumerateObject().ToArray();
        if (wanted is not null)
            return profiles.Any(profile => profile.Name == wanted) ? Read(profiles.First(profile => profile.Name == wanted)) : throw NotFound(wanted, projectPath);

        var candidates = profiles.Where(profile => Text(profile.Value, "commandName") == "Project").ToArray();
        return candidates.Length == 0 ? null : Read(candidates.Where(profile => profile.Name == appHostProfile).Concat(candidates).First());
    }

    /// <summary>The endpoints that the application URL asks for: http, https, then http2, https2.</summary>
    internal IEnumerable<(string Name, Uri Url)> Endpoints()
    {
        var seen = new Dictionary<string, int>();
        foreach (var text in ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var url = new Uri(text);
            var count = seen[url.Scheme] = seen.GetValueOrDefault(url.Scheme) + 1;
            yield return (count == 1 ? url.Scheme : $"{url.Scheme}{count}", url);
        }
    }

    /// <summary>A deployment gives a web project one http and one https endpoint.</summary>
    internal static IEnumerable<(string Name, Uri Url)> PublishedEndpoints(LaunchProfile profile) =>
        profile.ApplicationUrl is null ? [] : [("http", new("http://localhost")), ("https", new("https://localhost"))];

    private static LaunchProfile Read(JsonProperty profile)
    {
        var variables = profile.Value.TryGetProperty("environmentVariables", out var section)
            ? section.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? "")
            : [];
        return new LaunchProfile(profile.Name, Text(profile.Value, "applicationUrl"), variables);
    }

    private static string? Text(JsonElement profile, string name) => profile.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DistributedApplicationException NotFound(string wanted, string projectPath) =>
        new($"Launch settings file of '{projectPath}' does not contain launch profile '{wanted}'.");
}
