namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>What the section <c>Aspire:Npgsql:EntityFrameworkCore:PostgreSQL</c> may say about a context.</summary>
public class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    /// <summary>The connection string. <c>ConnectionStrings:{name}</c> wins over the section.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Turns the retrying execution strategy off. Default: false.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>Leaves out the health check, which is named after the context. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Does not listen to Npgsql's spans. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Does not listen to Npgsql's meter. Default: false.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>How long a command may run, in seconds. Null: Npgsql's own default, 30.</summary>
    public int? CommandTimeout { get; set; }
}
