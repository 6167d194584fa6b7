namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A resource whose process can be given environment variables.</summary>
    public interface IResourceWithEnvironment : IResource;

    /// <summary>A resource whose process can be given arguments.</summary>
    public interface IResourceWithArgs : IResource;

    /// <summary>A resource that listens somewhere.</summary>
    public interface IResourceWithEndpoints : IResource;

    /// <summary>A resource that can wait for others before it starts.</summary>
    public interface IResourceWithWaitSupport : IResource;

    /// <summary>A resource that can be probed.</summary>
    public interface IResourceWithProbes : IResource;

    /// <summary>A resource that computes: it is deployed as a workload.</summary>
    public interface IComputeResource : IResource;

    /// <summary>A resource that lives inside another one.</summary>
    public interface IResourceWithParent : IResource
    {
        /// <summary>The resource it lives in.</summary>
        IResource Parent { get; }
    }

    /// <summary>A resource that lives inside another one of a known type.</summary>
    public interface IResourceWithParent<out T> : IResourceWithParent
        where T : IResource
    {
        /// <summary>The resource it lives in.</summary>
        new T Parent { get; }

        IResource IResourceWithParent.Parent => Parent;
    }

    /// <summary>A resource that others reach by a connection string.</summary>
    public interface IResourceWithConnectionString : IResource, IExpressionValue, IValueProvider, IManifestExpressionProvider, IValueWithReferences
    {
        /// <summary>The connection string, with references that are resolved when the endpoints are known.</summary>
        ReferenceExpression ConnectionStringExpression { get; }

        /// <summary>The environment variable that carries the connection string, or null for <c>ConnectionStrings__{name}</c>.</summary>
        string? ConnectionStringEnvironmentVariable => null;

        /// <summary>The connection string, once the endpoints are known.</summary>
        ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
            ConnectionStringExpression.GetValueAsync(cancellationToken);

        /// <summary>The parts of the connection string, which referring resources get as <c>{NAME}_{PART}</c>.</summary>
        IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];

        string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

        ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
            GetConnectionStringAsync(cancellationToken);

        IEnumerable<object> IValueWithReferences.References => [ConnectionStringExpression];
    }
}

namespace Aspire.Hosting
{
    /// <summary>A resource that others find by its name.</summary>
    public interface IResourceWithServiceDiscovery : ApplicationModel.IResourceWithEndpoints;
}
