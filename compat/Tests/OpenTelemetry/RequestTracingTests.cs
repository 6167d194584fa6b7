using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace Flasky.Compat.Tests.OpenTelemetry;

public sealed class RequestTracingTests
{
    private static readonly ActivitySource Work = new("Flasky.Compat.Tests.Work");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARequestIsNamedByItsRoute()
    {
        var span = await TraceAsync(HttpMethod.Get, "/posts/7?token=secret&page=2");

        Assert.Equal("GET /posts/{id}", span.DisplayName);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal("GET", Tag(span, "http.request.method"));
        Assert.Equal("/posts/{id}", Tag(span, "http.route"));
        Assert.Equal("/posts/7", Tag(span, "url.path"));
        Assert.Equal("?token=Redacted&page=Redacted", Tag(span, "url.query"));
        Assert.Equal("http", Tag(span, "url.scheme"));
        Assert.Equal("200", Tag(span, "http.response.status_code"));
        Assert.Equal("127.0.0.1", Tag(span, "server.address"));
        Assert.Equal("1.1", Tag(span, "network.protocol.version"));
    }

    [Fact]
    public async Task AnExceptionIsAnError()
    {
        var span = await TraceAsync(HttpMethod.Post, "/fail");

        Assert.Equal("POST /fail", span.DisplayName);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("500", Tag(span, "http.response.status_code"));
        Assert.Equal("System.InvalidOperationException", Tag(span, "error.type"));
    }

    [Fact]
    public async Task ANotFoundPageIsNotAnError()
    {
        var span = await TraceAsync(HttpMethod.Get, "/nowhere");

        Assert.Equal("GET", span.DisplayName);
        Assert.Null(Tag(span, "http.route"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal("404", Tag(span, "http.response.status_code"));
    }

    [Fact]
    public async Task AnUnknownMethodMakesNoNameOfItsOwn()
    {
        var span = await TraceAsync(new HttpMethod("FROB"), "/posts/7");

        Assert.StartsWith("HTTP", span.DisplayName, StringComparison.Ordinal);
        Assert.Equal("_OTHER", Tag(span, "http.request.method"));
        Assert.Equal("FROB", Tag(span, "http.request.method_original"));
    }

    [Fact]
    public async Task NeitherAFilteredRequestNorWhatItDoesIsRecorded()
    {
        using var recording = new Recording();
        await using var app = await StartAsync(recording);
        using var trace = recording.StartTrace();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        await client.GetAsync(new Uri("/hidden", UriKind.Relative), Token);
        await client.GetAsync(new Uri("/hidden-by-error", UriKind.Relative), Token);
        await client.GetAsync(new Uri("/posts/1", UriKind.Relative), Token);
        var span = await recording.NextServerSpanAsync(Token);

        Assert.Equal("GET /posts/{id}", span.DisplayName);
        Assert.Equal(["work", "GET /posts/{id}"], recording.Ended.Select(activity => activity.DisplayName));
    }

    private static async Task<Activity> TraceAsync(HttpMethod method, string path)
    {
        using var recording = new Recording();
        await using var app = await StartAsync(recording);
        using var trace = recording.StartTrace();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, app.Urls.Single() + path);
        using var response = await client.SendAsync(request, Token);
        return await recording.NextServerSpanAsync(Token);
    }

    private static async Task<WebApplication> StartAsync(Recording recording)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing
            .AddSource(Work.Name)
            .AddAspNetCoreInstrumentation(options => options.Filter = context => context.Request.Path.Value switch
            {
                "/hidden" => false,
                "/hidden-by-error" => throw new InvalidOperationException("The filter fails."),
                _ => true,
            })
            .AddProcessor(recording));
        var app = builder.Build();
        app.MapGet("/posts/{id}", (int id) => DoWork());
        app.MapGet("/hidden", DoWork);
        app.MapGet("/hidden-by-error", DoWork);
        app.MapPost("/fail", void () => throw new InvalidOperationException("The page fails."));
        await app.StartAsync(Token);
        return app;
    }

    private static IResult DoWork()
    {
        using var work = Work.StartActivity("work");
        return Results.Ok();
    }

    private static string? Tag(Activity activity, string name) => Convert.ToString(activity.GetTagItem(name), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
