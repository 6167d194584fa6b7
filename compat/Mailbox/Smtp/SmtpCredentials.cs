using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Flasky.Mailbox.Smtp;

/// <summary>What AUTH carries (RFC 4616 for PLAIN).</summary>
internal sealed record SmtpCredentials(string UserName, string Password)
{
    public const string UserNamePrompt = "334 VXNlcm5hbWU6"; // Username:
    public const string PasswordPrompt = "334 UGFzc3dvcmQ6"; // Password:
    public const string EmptyPrompt = "334 ";

    public static SmtpCredentials? FromPlain(string base64)
    {
        // authorization identity NUL authentication identity NUL password
        return TryDecode(base64, out var text) && text.Split('\0') is [_, { Length: > 0 } user, var password]
            ? new SmtpCredentials(user, password)
            : null;
    }

    public static SmtpCredentials? FromLogin(string user, string password) =>
        TryDecode(user, out var name) && TryDecode(password, out var secret) ? new SmtpCredentials(name, secret) : null;

    public bool Satisfies(MailboxOptions options) =>
        options.UserName is null || (UserName == options.UserName && (options.Password is null || Password == options.Password));

    private static bool TryDecode(string base64, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var bytes = new byte[base64.Length];
        // RFC 4954: "=" stands for an empty initial response.
        if (!Convert.TryFromBase64String(base64 == "=" ? "" : base64, bytes, out var length)) return false;
        text = Encoding.UTF8.GetString(bytes, 0, length);
        return true;
    }
}
