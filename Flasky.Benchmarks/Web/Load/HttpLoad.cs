using System.Text;

namespace Flasky.Benchmarks.Web.Load;

/// <summary>Readers who ask for the same page, each as soon as the last answer is there.</summary>
internal static class HttpLoad
{
    /// <param name="address">The site.</param>
    /// <param name="path">The page.</param>
    /// <param name="header">A header line, without its end. Null: none.</param>
    /// <param name="concurrency">How many ask at once.</param>
    /// <param name="duration">How long.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="PageRefusedException">An answer was not 200.</exception>
    public static async Task<Measured> RunAsync(Uri address, string path, string? header, int concurrency, TimeSpan duration, CancellationToken cancellationToken)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{(header is null ? "" : $"{header}\r\n")}\r\n");
        var connections = new List<KeepAliveConnection>();
        try
        {
            for (var i = 0; i < concurrency; i++)
                connections.Add(await KeepAliveConnection.OpenAsync(address, cancellationToken));
            return await Measured.OfAsync(concurrency, duration, async i =>
            {
                if (await connections[i].ExchangeAsync(request, cancellationToken) is not 200 and var status)
                    throw new PageRefusedException(status);
            });
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }
}

/// <summary>A page answered something else than 200.</summary>
internal sealed class PageRefusedException(int status) : Exception($"The page answered {status}.")
{
    public int Status => status;
}
