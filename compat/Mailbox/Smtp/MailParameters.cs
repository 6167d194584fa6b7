using System.Globalization;

namespace Flasky.Mailbox.Smtp;

/// <summary>The parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), AUTH (RFC 4954).</summary>
internal readonly record struct MailParameters(long Size, bool SmtpUtf8)
{
    public static bool TryParse(string text, out MailParameters parameters)
    {
        parameters = default;
        foreach (var parameter in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=');
            var name = equals < 0 ? parameter : parameter[..equals];
            var value = equals < 0 ? null : parameter[(equals + 1)..];
            switch (name.ToUpperInvariant())
            {
                case "SIZE" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size):
                    parameters = parameters with { Size = size };
                    break;
                case "BODY" when value is not null && IsBody(value):
                case "AUTH" when value is { Length: > 0 }:
                    break;
                case "SMTPUTF8" when value is null:
                    parameters = parameters with { SmtpUtf8 = true };
                    break;
                default:
                    return false;
            }
        }
        return true;
    }

    private static bool IsBody(string value) =>
        value.Equals("7BIT", StringComparison.OrdinalIgnoreCase) || value.Equals("8BITMIME", StringComparison.OrdinalIgnoreCase);
}
