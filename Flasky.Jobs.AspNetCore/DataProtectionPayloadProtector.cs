using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;

namespace Flasky.Jobs.AspNetCore;

/// <summary>Protects arguments with the application's key ring. Every process that enqueues or runs jobs must share it.</summary>
internal sealed class DataProtectionPayloadProtector(IDataProtectionProvider provider) : IJobPayloadProtector
{
    private readonly IDataProtector root = provider.CreateProtector("Flasky.Jobs.Arguments", "v1");

    // One a queue and job name: as many as the application has.
    private readonly ConcurrentDictionary<string, IDataProtector> byPurpose = new(StringComparer.Ordinal);

    public byte[] Protect(byte[] payload, string purpose) => For(purpose).Protect(payload);

    public byte[] Unprotect(byte[] payload, string purpose) => For(purpose).Unprotect(payload);

    private IDataProtector For(string purpose) =>
        byPurpose.GetOrAdd(purpose, static (purpose, root) => root.CreateProtector(purpose), root);
}
