using System.Globalization;
using Flasky.Data.Limits;
using Flasky.Web.Account;
using Flasky.Web.Api.Authentication;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Api.Limits;

/// <summary>
/// Counts the requests of each user, or where there is none of each client, and says in every answer how many are left: in the fields
/// <c>RateLimit-Policy</c> and <c>RateLimit</c> of the IETF's draft, and <c>Retry-After</c> with a 429.
/// </summary>
internal sealed class RequestLimiting(RequestDelegate next, RequestRates rates, IOptions<RequestLimitOptions> options)
{
    public async Task InvokeAsync(HttpContext context, CurrentUser current)
    {
        // Authorization finds the answer that this leaves behind.
        await context.AuthenticateAsync(ApiAuthentication.SchemeName);
        var (name, limit, subject) = Choose(context, current);
        var taken = await rates.TakeAsync(limit, $"{name}:{subject}", context.RequestAborted);
        context.Response.OnStarting(() =>
        {
            Tell(context.Response, name, limit, taken);
            return Task.CompletedTask;
        });
        if (taken.IsAllowed)
        {
            await next(context);
            return;
        }
        await ApiError.Of(StatusCodes.Status429TooManyRequests, "These are more requests than this account or client may send. Please wait as long as Retry-After says.")
            .ExecuteAsync(context);
    }

    private (string Name, AttemptLimit Limit, string Subject) Choose(HttpContext context, CurrentUser current) => current.User switch
    {
        null => ("anonymous", options.Value.Anonymous, ClientNetwork.Of(context)),
        var user when HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) => ("read", options.Value.Read, $"{user.Id}"),
        var user => ("write", options.Value.Write, $"{user.Id}"),
    };

    private static void Tell(HttpResponse response, string name, AttemptLimit limit, TakenRequest taken)
    {
        response.Headers["RateLimit-Policy"] = $"\"{name}\";q={limit.Burst};w={Seconds(limit.Every * limit.Burst)}";
        response.Headers["RateLimit"] = $"\"{name}\";r={taken.Left};t={Seconds(taken.Reset)}";
        if (!taken.IsAllowed)
        {
            response.Headers.RetryAfter = Seconds(taken.Wait);
        }
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
