using System.Security.Cryptography;
using System.Text;
using Flasky.Data.Users;
using Microsoft.Extensions.Caching.Memory;

namespace Flasky.Web.Api.Authentication;

/// <summary>
/// Remembers for some minutes which passwords were right, because clients show theirs with every request: hashing it each time would
/// take longer than the answer, and the counted tries would be four writes. What is remembered is a hash with a key that only this
/// process has, and that changes with the account's security stamp. Safe for concurrent use.
/// </summary>
internal sealed class CheckedPasswords : IDisposable
{
    /// <summary>How long a right password is not checked again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MaxCount = 10_000;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    private readonly MemoryCache right = new(new MemoryCacheOptions { SizeLimit = MaxCount });
    // Requests that come at once with the same password check it once: it counts as one try.
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Whether a password is right.</summary>
    /// <param name="user">Null: nobody has the address.</param>
    /// <param name="password">What was shown.</param>
    /// <param name="check">Finds out.</param>
    public async Task<bool> CheckAsync(User? user, string password, Func<Task<bool>> check, CancellationToken cancellationToken)
    {
        var mark = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{user?.Id}\n{user?.SecurityStamp}\n{password}"));
        var name = Convert.ToHexString(mark);
        if (right.TryGetValue(name, out _))
        {
            return true;
        }
        var turn = turns[mark[0] % turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (right.TryGetValue(name, out _))
            {
                return true;
            }
            if (!await check())
            {
                return false;
            }
            right.Set(name, true, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lifetime, Size = 1 });
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        right.Dispose();
        Array.ForEach(turns, turn => turn.Dispose());
    }
}
