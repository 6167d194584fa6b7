using System.Security.Cryptography;

namespace Aspire.Hosting.Engine;

internal static class RandomSuffix
{
    private const int Length = 8;

    /// <summary>Eight random letters, which tell the processes of a resource apart.</summary>
    internal static string Next() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz", Length);
}
