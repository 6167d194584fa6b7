using System.Security.Cryptography;

namespace Flasky.Jobs.Serialization;

/// <summary>Ids that follow from what they are for, so that whoever computes one gets the same.</summary>
internal static class DerivedId
{
    public static Guid From(ReadOnlySpan<byte> meaning)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(meaning, hash);
        // Version 8 of RFC 9562: made by a rule of one's own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
