using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Compat.Tests.HttpDefaults;

/// <summary>The end of a client's handler chain: answers from a script (the last answer stays) and notes what was asked for.</summary>
internal sealed class Server(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<Uri> Requests { get; } = [];

    public static Func<HttpResponseMessage> Says(HttpStatusCode status) => () => new HttpResponseMessage(status);

    public static Func<HttpResponseMessage> Breaks() => () => throw new HttpRequestException("The connection broke.");

    /// <summary>A client whose defaults are <paramref name="configure"/> and whose requests end here.</summary>
    public HttpClient Client(ServiceCollection services, Action<IHttpClientBuilder> configure)
    {
        services.ConfigureHttpClientDefaults(configure);
        services.AddHttpClient("test").ConfigurePrimaryHttpMessageHandler(() => this);
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("test");
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request.RequestUri!);
        return Task.FromResult(answers[Math.Min(Requests.Count, answers.Length) - 1]());
    }
}
