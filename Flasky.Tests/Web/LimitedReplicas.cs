using System.Net;
using Flasky.Web.Home;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Flasky.Tests.Web;

/// <summary>Two replicas of a site with one strict limit, which forgets nothing during a test, and clients that a proxy speaks for.</summary>
internal sealed class LimitedReplicas : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly WebApplicationFactory<IndexModel>[] replicas;
    private readonly string[] addresses;

    /// <param name="limit">The name of a setting under <c>Flasky:Limits</c>.</param>
    public LimitedReplicas(Site site, string limit, int burst)
    {
        replicas = [New(), New()];
        addresses = Array.ConvertAll(replicas, replica => replica.Serve());

        WebApplicationFactory<IndexModel> New() => site.WithWebHostBuilder(web => web
            .UseSetting($"Flasky:Limits:{limit}:Burst", $"{burst}").UseSetting($"Flasky:Limits:{limit}:Every", $"{Every}")
            .UseSetting("Flasky:TrustedProxies:0", "127.0.0.1"));
    }

    /// <summary>Tries a password for <c>{name}@example.com</c>.</summary>
    /// <param name="turn">Which replica gets it: they alternate.</param>
    /// <returns>Found is a success, OK the form again.</returns>
    public Task<HttpStatusCode> GuessAsync(int turn, string client, string name, string password = "some other thing") =>
        PostAsync(turn, client, "/auth/login", ("Input.Email", $"{name}@example.com"), ("Input.Password", password));

    /// <summary>Asks for a link to reset the password of <c>{name}@example.com</c>.</summary>
    public Task<HttpStatusCode> AskForResetAsync(int turn, string client, string name) =>
        PostAsync(turn, client, "/auth/reset", ("Input.Email", $"{name}@example.com"));

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }

    private async Task<HttpStatusCode> PostAsync(int turn, string client, string path, params (string, string)[] fields)
    {
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var browser = new Browser(new HttpClient(handler) { BaseAddress = new Uri(addresses[turn % 2]) });
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", client);
        using var answer = await browser.PostAsync(path, fields);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), Every);
        return answer.StatusCode;
    }
}
