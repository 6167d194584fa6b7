using System.Data.Common;
using System.Net;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Flasky.Worker.Mail;

/// <summary>
/// Reads the connection string <c>mail</c>: an address (<c>smtp://user:password@host:587</c>, <c>smtps://host</c>), or
/// <c>Endpoint=smtp://host:port</c> with, if needed, <c>;Username=...;Password=...;Tls=...</c>.
/// Ports default to 25 and, for smtps, 465. Tls is <c>Always</c> (STARTTLS or nothing), <c>Never</c>, or <c>Auto</c>, the
/// default: never on this machine itself, always where a password is sent, elsewhere when the server offers it.
/// </summary>
internal static class SmtpConnectionString
{
    internal const string Name = "mail";

    private const string Path = $"ConnectionStrings:{Name}";

    private const string Expected =
        "Expected 'smtp://[user:password@]host[:port]', 'smtps://...', or 'Endpoint=smtp://host:port[;Username=...;Password=...][;Tls=Auto|Always|Never]'.";

    /// <returns>Null when it is not set.</returns>
    /// <exception cref="FormatException">It is wrong; the message names its path and shows no part of it.</exception>
    internal static SmtpSettings? Read(IConfiguration configuration) =>
        configuration.GetConnectionString(Name) is { } text && !string.IsNullOrWhiteSpace(text) ? Parse(text) : null;

    /// <inheritdoc cref="Read"/>
    internal static SmtpSettings Parse(string text)
    {
        var parts = text.TrimStart().StartsWith("smtp", StringComparison.OrdinalIgnoreCase)
            ? new DbConnectionStringBuilder { ["Endpoint"] = text.Trim() }
            : Split(text);
        foreach (string key in parts.Keys)
        {
            if (key.ToUpperInvariant() is not ("ENDPOINT" or "USERNAME" or "PASSWORD" or "TLS"))
            {
                throw Wrong("it has a key that is none of Endpoint, Username, Password, Tls");
            }
        }
        var endpoint = Endpoint(parts);
        var credentials = Credentials(parts, endpoint);
        var secured = endpoint.Scheme.Equals("smtps", StringComparison.OrdinalIgnoreCase);
        var port = endpoint.Port > 0 ? endpoint.Port : secured ? 465 : 25;
        var host = endpoint.IdnHost.Trim('[', ']');
        return new SmtpSettings(host, port, secured ? SecureSocketOptions.SslOnConnect : Tls(parts, host, credentials is not null), credentials);
    }

    private static DbConnectionStringBuilder Split(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            // not kept as the inner exception, for its message may quote the string
            throw Wrong("it is no list of key=value pairs");
        }
    }

    private static Uri Endpoint(DbConnectionStringBuilder parts) =>
        Uri.TryCreate(Value(parts, "Endpoint"), UriKind.Absolute, out var uri)
        && uri is { Host.Length: > 0, PathAndQuery: "" or "/" }
        && uri.Scheme is "smtp" or "smtps"
            ? uri
            : throw Wrong("its endpoint is no smtp:// or smtps:// address");

    private static NetworkCredential? Credentials(DbConnectionStringBuilder parts, Uri endpoint)
    {
        var inUri = endpoint.UserInfo.Split(':', 2);
        var user = Value(parts, "Username") ?? (inUri[0].Length > 0 ? Uri.UnescapeDataString(inUri[0]) : null);
        var password = Value(parts, "Password") ?? (inUri.Length > 1 ? Uri.UnescapeDataString(inUri[1]) : null);
        return (user, password) switch
        {
            (null, null) => null,
            (not null, not null) => new NetworkCredential(user, password),
            _ => throw Wrong("a user name and a password belong together"),
        };
    }

    private static SecureSocketOptions Tls(DbConnectionStringBuilder parts, string host, bool hasPassword) =>
        (Value(parts, "Tls") ?? "Auto").ToUpperInvariant() switch
        {
            "ALWAYS" => SecureSocketOptions.StartTls,
            "NEVER" => SecureSocketOptions.None,
            "AUTO" when SmtpSettings.IsLoopback(host) => SecureSocketOptions.None,
            "AUTO" => hasPassword ? SecureSocketOptions.StartTls : SecureSocketOptions.StartTlsWhenAvailable,
            _ => throw Wrong("its Tls is none of Auto, Always, Never"),
        };

    private static string? Value(DbConnectionStringBuilder parts, string key) =>
        parts.TryGetValue(key, out var value) && value is string { Length: > 0 } text ? text : null;

    private static FormatException Wrong(string reason) => new($"{Path} is wrong: {reason}. {Expected}");
}

/// <summary>Lets the process not start with a connection string that cannot be read; that it is there is checked elsewhere.</summary>
internal sealed class SmtpConnectionStringValidator(IConfiguration configuration) : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        try
        {
            SmtpConnectionString.Read(configuration);
            return ValidateOptionsResult.Success;
        }
        catch (FormatException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
