namespace Aspire.StackExchange.Redis;

/// <summary>What the section <c>Aspire:StackExchange:Redis</c> may say about the client.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string, for example <c>localhost:6379,password=...</c>. <c>ConnectionStrings:{name}</c> wins over the section.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves the health check <c>StackExchange.Redis</c> out. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Turns spans of single Redis commands off. Default: false. This stand-in never makes such spans.</summary>
    public bool DisableTracing { get; set; }
}
