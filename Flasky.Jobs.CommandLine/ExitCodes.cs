namespace Flasky.Jobs.CommandLine;

/// <summary>What a command ends with. Those from 64 on are of sysexits.h.</summary>
public static class ExitCodes
{
    /// <summary>It did what it was asked for.</summary>
    public const int Success = 0;

    /// <summary>There was nothing to do it with: no such job or recurring job, or all were refused.</summary>
    public const int NotFound = 1;

    /// <summary>The arguments make no sense, or <c>--yes</c> is missing where nobody can be asked.</summary>
    public const int Usage = 64;

    /// <summary>Redis does not answer.</summary>
    public const int Unavailable = 69;

    /// <summary>The Redis connection string is missing.</summary>
    public const int ConfigurationError = 78;

    /// <summary>It was stopped, by Ctrl+C or by whoever was asked.</summary>
    public const int Stopped = 130;
}
