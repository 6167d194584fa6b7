using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Flasky.Data.Keys;

/// <summary>Protected bytes as one segment of a URL's path.</summary>
internal static class UrlTokens
{
    /// <summary>A token that only <see cref="UnprotectToken"/> of a protector with the same purpose reads.</summary>
    public static string ProtectToken(this IDataProtector protector, byte[] payload) => Base64Url.EncodeToString(protector.Protect(payload));

    /// <summary>What is in a token. Null: it is forged, cut off, or made for another purpose.</summary>
    public static byte[]? UnprotectToken(this IDataProtector protector, string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }
        try
        {
            return protector.Unprotect(Base64Url.DecodeFromChars(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
