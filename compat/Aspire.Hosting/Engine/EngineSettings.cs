using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Engine;

/// <summary>What the engine knows before the model is complete.</summary>
internal sealed class EngineSettings(string appHostDirectory, IConfiguration configuration) : IDisposable
{
    /// <summary>Set by the testing package: data in a temporary folder, servers tuned for speed, nothing on the console.</summary>
    internal const string TestingKey = "StandIn:Testing";

    /// <summary>The real packages' name for ports that are free ones even where the model has a number.</summary>
    internal const string RandomPortsKey = "DcpPublisher:RandomizePorts";

    /// <summary>The folder that takes the place of the usual one for data that is kept.</summary>
    internal const string DataKey = "StandIn:Data";

    private readonly Lock gate = new();
    private DataFolder? data;

    internal bool IsTest => configuration.GetValue<bool>(TestingKey);

    internal bool RandomPorts => configuration.GetValue<bool>(RandomPortsKey);

    /// <summary>Where the application's data is; opened at the first use.</summary>
    internal DataFolder Data
    {
        get
        {
            lock (gate)
                return data ??= DataFolder.Open(appHostDirectory, IsTest, configuration[DataKey]);
        }
    }

    public void Dispose() => data?.Dispose();
}
