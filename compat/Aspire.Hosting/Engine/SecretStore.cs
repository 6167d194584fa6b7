using System.Text.Json;

namespace Aspire.Hosting.Engine;

/// <summary>Keeps generated passwords in a file that only its owner can read. Thread-safe.</summary>
internal sealed class SecretStore(string path)
{
    private readonly Lock gate = new();

    /// <summary>The secret of that name, made at the first call.</summary>
    internal string GetOrAdd(string name, Func<string> make)
    {
        lock (gate)
        {
            var secrets = File.Exists(path) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path))! : [];
            if (secrets.TryGetValue(name, out var known))
                return known;

            secrets[name] = make();
            PrivateFile.Write(path, JsonSerializer.Serialize(secrets));
            return secrets[name];
        }
    }
}
