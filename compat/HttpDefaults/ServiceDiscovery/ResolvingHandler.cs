namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>Sends each request to the address that its service's name stands for.</summary>
internal sealed class ResolvingHandler(ConfiguredEndpoints endpoints) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var named = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        try
        {
            request.RequestUri = endpoints.Resolve(named);
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            // A retry further out resolves anew, and the caller finds its request as it wrote it.
            request.RequestUri = named;
        }
    }
}
