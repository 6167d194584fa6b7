namespace Flasky.Tests.Topologies;

/// <summary>Redis servers of the tests' own. Disposing stops them all and deletes their data.</summary>
public interface IRedisTopology : IAsyncDisposable
{
    /// <summary>For StackExchange.Redis: every server that may hold data.</summary>
    string ConnectionString { get; }
}
