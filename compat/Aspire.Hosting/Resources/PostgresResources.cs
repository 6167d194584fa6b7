using Npgsql;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server.</summary>
/// <param name="name">The name.</param>
/// <param name="userName">The superuser; null is <c>postgres</c>.</param>
/// <param name="password">The superuser's password.</param>
public class PostgresServerResource(string name, ParameterResource? userName, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    private const string DefaultUserName = "postgres";

    /// <summary>Where the server listens.</summary>
    public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

    /// <summary>The host.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The superuser; null is <c>postgres</c>.</summary>
    public ParameterResource? UserNameParameter { get; set; } = userName;

    /// <summary>The superuser's password.</summary>
    public ParameterResource PasswordParameter { get; set; } = password;

    /// <summary>The superuser.</summary>
    public ReferenceExpression UserNameReference =>
        UserNameParameter is { } user ? ReferenceExpression.Create($"{user}") : ReferenceExpression.Create($"{DefaultUserName}");

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserNameReference};Password={PasswordParameter}");

    /// <summary>The server as a URI.</summary>
    public ReferenceExpression UriExpression => UriOf("");

    // Npgsql would look for a database named after the user.
    internal ReferenceExpression MaintenanceConnectionString => ReferenceExpression.Create($"{ConnectionStringExpression};Database=postgres");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        .. Parts(),
        new("Uri", UriExpression),
        new("JdbcConnectionString", JdbcOf("")),
    ];

    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> Parts() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
    ];

    internal ReferenceExpression UriOf(string path) =>
        ReferenceExpression.Create($"postgresql://{UserNameReference}:{PasswordParameter:uri}@{Host}:{Port}{path}");

    internal ReferenceExpression JdbcOf(string path) => ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}{path}");
}

/// <summary>A database of a PostgreSQL server.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="databaseName">The database's name.</param>
/// <param name="postgresParentResource">The server.</param>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    /// <summary>The server.</summary>
    public PostgresServerResource Parent { get; } = postgresParentResource;

    /// <summary>The database's name.</summary>
    public string DatabaseName { get; } = databaseName;

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var database = new NpgsqlConnectionStringBuilder { ["Database"] = DatabaseName };
            return ReferenceExpression.Create($"{Parent.ConnectionStringExpression};{database.ConnectionString}");
        }
    }

    /// <summary>The database as a URI.</summary>
    public ReferenceExpression UriExpression => Parent.UriOf("/" + Uri.EscapeDataString(DatabaseName));

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        .. Parent.Parts(),
        new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
        new("Uri", UriExpression),
        new("JdbcConnectionString", Parent.JdbcOf("/" + Uri.EscapeDataString(DatabaseName))),
    ];
}
