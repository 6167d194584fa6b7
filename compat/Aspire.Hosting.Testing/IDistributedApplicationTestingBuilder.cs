namespace Aspire.Hosting.Testing;

/// <summary>An AppHost's model, which a test can change before it builds and starts the application.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Builds the application; the test starts it, and disposes it.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
