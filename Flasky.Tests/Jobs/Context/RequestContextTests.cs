using System.Security.Claims;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Context;

public sealed class RequestContextTests(Servers servers, Site site) : JobsTest(servers), IClassFixture<Site>
{
    private readonly Sightings sightings = new();

    [Fact]
    public async Task AJobKnowsTheUserAndTheRequestThatEnqueuedIt()
    {
        await using var web = await StartWebAsync();
        await App.StartWorkerAsync(worker => worker.Look(sightings));

        using var browser = web.GetTestClient();
        var requestId = await browser.GetStringAsync(new Uri("/enqueue?user=42", UriKind.Relative), Cancellation);
        var signedIn = await sightings.NextAsync();
        Assert.Equal(("42", requestId), (signedIn.Context.UserId, signedIn.Context.RequestId));

        await browser.GetStringAsync(new Uri("/enqueue", UriKind.Relative), Cancellation);
        var anonymous = await sightings.NextAsync();
        Assert.Null(anonymous.Context.UserId);
        Assert.NotEqual(requestId, anonymous.Context.RequestId);
    }

    [Fact]
    public void TheSitesJobsCarryTheRequest()
    {
        var accessor = site.Services.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = new DefaultHttpContext { TraceIdentifier = "0HN7:1", User = SignedIn("7") };
        // The site's own queue; the test's recording one comes behind it.
        var envelope = site.Services.GetServices<IJobQueue>().First().Create(new ConfirmAccount(7));
        Assert.Equal(("7", "0HN7:1"), (envelope.Headers["ctx.user-id"], envelope.Headers["ctx.request-id"]));
        Assert.Contains("ctx.culture", envelope.Headers.Keys);
    }

    private async Task<WebApplication> StartWebAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        builder.Configuration.AddInMemoryCollection(App.Settings);
        builder.AddFlaskyJobs("redis");
        builder.AddJobContext(context => context.HttpRequest());
        var app = builder.Build();
        app.UseRouting();
        app.Use((http, next) =>
        {
            if (http.Request.Query["user"] is [{ } user])
                http.User = SignedIn(user);
            return next(http);
        });
        app.MapGet("/enqueue", async (HttpContext http) =>
        {
            await http.RequestServices.GetRequiredService<IJobQueue>().EnqueueAsync(new Look(), cancellationToken: http.RequestAborted);
            await http.Response.WriteAsync(http.TraceIdentifier);
        });
        await app.StartAsync(Cancellation);
        return app;
    }

    private static ClaimsPrincipal SignedIn(string id) => new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id)], "test"));
}
