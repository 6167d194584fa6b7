using System.Net.Http.Headers;
using System.Text;

namespace Flasky.Web.Api.Authentication;

/// <summary>What a request shows in its Authorization header.</summary>
/// <param name="Name">The e-mail address, or the token.</param>
/// <param name="Password">Null: the name is a token.</param>
internal sealed record Credentials(string Name, string? Password)
{
    /// <summary>Reads <c>Basic</c> (address and password, or token and no password) and <c>Bearer</c> (token).</summary>
    /// <returns>Null: they are of another kind, or cannot be read.</returns>
    public static Credentials? Read(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || value.Parameter is not { Length: > 0 } parameter)
        {
            return null;
        }
        return value.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => new Credentials(parameter, null),
            "BASIC" => ReadBasic(parameter),
            _ => null,
        };
    }

    private static Credentials? ReadBasic(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
        {
            return null;
        }
        var pair = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : new Credentials(pair[..colon], pair.Length == colon + 1 ? null : pair[(colon + 1)..]);
    }
}
