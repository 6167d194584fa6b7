namespace MailKit;

/// <summary>Hears how much of a message has been written.</summary>
public interface ITransferProgress
{
    /// <summary>Called while a message of known size is written.</summary>
    /// <param name="bytesTransferred">Bytes so far.</param>
    /// <param name="totalSize">Bytes in all.</param>
    void Report(long bytesTransferred, long totalSize);

    /// <summary>Called while a message of unknown size is written.</summary>
    /// <param name="bytesTransferred">Bytes so far.</param>
    void Report(long bytesTransferred);
}
