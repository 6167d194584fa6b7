using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Encryption;

/// <summary>
/// Arguments as they are stored when they are encrypted: the JSON string <c>"enc:..."</c>, so that whatever reads arguments as JSON goes on
/// working. A singleton; safe for concurrent use.
/// </summary>
/// <param name="protector">Null: this process cannot encrypt.</param>
internal sealed class JobEncryption(IOptions<JobEncryptionOptions> options, IJobPayloadProtector? protector = null)
{
    public const string Missing = "A job is to be encrypted, but this process cannot: it has no IJobPayloadProtector. Call builder.AddJobEncryption().";

    private const string Mark = "\"enc:";

    public bool IsRequired(bool marked) => marked || options.Value.EncryptsAll;

    /// <exception cref="InvalidOperationException">This process cannot encrypt.</exception>
    public string Protect(string json, string queue, string name)
    {
        if (protector is null)
            throw new InvalidOperationException(Missing);
        return $"{Mark}{Base64Url.EncodeToString(protector.Protect(Encoding.UTF8.GetBytes(json), Purpose(queue, name)))}\"";
    }

    /// <returns>The JSON behind what is stored, which is the stored itself if it is not encrypted and need not be.</returns>
    /// <exception cref="UnreadableJobException">It cannot be decrypted, or had to be encrypted.</exception>
    public ReadOnlySpan<byte> Open(ReadOnlySpan<byte> stored, string queue, string name, bool marked)
    {
        if (stored.StartsWith("\"enc:"u8))
            return Unprotect(stored, queue, name);
        if (IsRequired(marked) && !options.Value.AcceptsPlaintext)
            throw new UnreadableJobException($"The job '{name}' must be encrypted and is not. Flasky:Jobs:Encryption:AcceptsPlaintext lets jobs from before the encryption run.");
        return stored;
    }

    private byte[] Unprotect(ReadOnlySpan<byte> stored, string queue, string name)
    {
        if (protector is null)
            throw new UnreadableJobException($"The job '{name}' is encrypted. {Missing}");
        try
        {
            return protector.Unprotect(Base64Url.DecodeFromUtf8(stored[Mark.Length..^1]), Purpose(queue, name));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentOutOfRangeException)
        {
            throw new UnreadableJobException(
                $"The job '{name}' cannot be decrypted: its key is missing here, or it was changed, or it was written for another queue or job. {e.Message}", innerException: e);
        }
        catch (Exception e)
        {
            throw new UnreadableJobException($"The job '{name}' cannot be decrypted now: {e.Message}", isLasting: false, e);
        }
    }

    // Neither may hold a slash.
    private static string Purpose(string queue, string name) => $"{queue}/{name}";
}
