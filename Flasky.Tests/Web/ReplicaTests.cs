using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace Flasky.Tests.Web;

public sealed class ReplicaTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task TwoReplicasTakeEachOthersCookiesAndForms()
    {
        using var other = site.WithWebHostBuilder(_ => { });
        using var robin = new RoundRobin(site.Server.CreateHandler(), other.Server.CreateHandler());
        using var cookies = new CookieContainerHandler { InnerHandler = robin };
        using var browser = new Browser(new HttpClient(cookies) { BaseAddress = site.ClientOptions.BaseAddress });
        var name = $"u{Guid.NewGuid():N}"[..20];
        // Every form is read from one and sent to the other.
        Assert.Contains("Almost there", await browser.RegisterAsync(name), StringComparison.Ordinal);
        await site.Database.ScalarAsync<int>($"""UPDATE "Users" SET "EmailConfirmed" = true WHERE "UserName" = '{name}' RETURNING 1""");
        Assert.Contains($"Hello, {name}!", await browser.LogInAsync(name), StringComparison.Ordinal);
        Assert.Contains("Your data", await browser.ShowPasswordAsync("/auth/data"), StringComparison.Ordinal);
        Assert.Contains("Your account is deleted", await browser.PressAsync("/auth/data", "Delete", ("UserName", name)), StringComparison.Ordinal);
        Assert.All(robin.Requests, count => Assert.InRange(count, 4, int.MaxValue));
    }

    /// <summary>A proxy without affinity: each request goes to the next replica.</summary>
    private sealed class RoundRobin(params HttpMessageHandler[] replicas) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker[] invokers = [.. replicas.Select(replica => new HttpMessageInvoker(replica))];
        private int next;

        public int[] Requests { get; } = new int[replicas.Length];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var turn = next++ % invokers.Length;
            Requests[turn]++;
            return invokers[turn].SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            Array.ForEach(invokers, invoker => invoker.Dispose());
            base.Dispose(disposing);
        }
    }
}
