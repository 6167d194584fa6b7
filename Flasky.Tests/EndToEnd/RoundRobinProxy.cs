using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;

namespace Flasky.Tests.EndToEnd;

/// <summary>
/// What stands before the replicas of the web: it gives each of them every second request, whoever asks, and adds the sender to
/// <c>X-Forwarded-For</c>. Safe for concurrent use.
/// </summary>
public sealed class RoundRobinProxy : IAsyncDisposable
{
    private const string Pages = "pages";
    private const string Rest = "rest";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, int> pages = new(StringComparer.Ordinal);

    private RoundRobinProxy(WebApplication app) => this.app = app;

    /// <summary>Where visitors go. By name: passkeys are not for numbers.</summary>
    public Uri Address => new($"http://localhost:{new Uri(app.Urls.Single()).Port}");

    /// <summary>How many pages each replica has shown to browsers, forms sent to it included.</summary>
    public IReadOnlyDictionary<string, int> PagesByReplica => new Dictionary<string, int>(pages, StringComparer.Ordinal);

    /// <summary>Answers 503 until <see cref="SendTo"/> is called.</summary>
    public static async Task<RoundRobinProxy> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddReverseProxy()
            .LoadFromMemory([], [])
            // The trace of a request begins at the site, as behind a proxy that traces nothing.
            .ConfigureHttpClient((_, handler) => handler.ActivityHeadersPropagator = null);
        var proxy = new RoundRobinProxy(builder.Build());
        proxy.app.MapReverseProxy(way =>
        {
            way.UseLoadBalancing();
            way.Use(async (context, next) =>
            {
                await next(context);
                var request = context.GetReverseProxyFeature();
                if (request.Route.Config.RouteId == Pages && request.ProxiedDestination is { } replica)
                    proxy.pages.AddOrUpdate(replica.DestinationId, 1, (_, count) => count + 1);
            });
        });
        await proxy.app.StartAsync(cancellationToken);
        return proxy;
    }

    /// <param name="replicas">Their addresses by name.</param>
    public void SendTo(IReadOnlyDictionary<string, Uri> replicas)
    {
        var destinations = replicas.ToDictionary(replica => replica.Key, replica => new DestinationConfig { Address = replica.Value.ToString() }, StringComparer.Ordinal);
        app.Services.GetRequiredService<InMemoryConfigProvider>().Update(
            [
                // Pages take turns of their own, or the number of pictures on one would decide who answers the next.
                Route(Pages, order: 1, new RouteHeader { Name = "Sec-Fetch-Dest", Values = ["document"] }),
                Route(Rest, order: 2),
            ],
            [Cluster(Pages), Cluster(Rest)]);

        ClusterConfig Cluster(string id) => new() { ClusterId = id, LoadBalancingPolicy = LoadBalancingPolicies.RoundRobin, Destinations = destinations };
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static RouteConfig Route(string id, int order, params RouteHeader[] headers) =>
        new RouteConfig { RouteId = id, ClusterId = id, Order = order, Match = new RouteMatch { Path = "{**path}", Headers = headers } }
            .WithTransformUseOriginalHostHeader()
            .WithTransformXForwarded(xDefault: ForwardedTransformActions.Set, xFor: ForwardedTransformActions.Append);
}
