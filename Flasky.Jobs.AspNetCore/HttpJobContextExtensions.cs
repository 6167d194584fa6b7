using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Jobs;

/// <summary>Has jobs carry what the request that enqueues them knows.</summary>
public static class HttpJobContextExtensions
{
    /// <summary>
    /// Carries the signed-in user's id and the request's id (<see cref="HttpContext.TraceIdentifier"/>) to
    /// <see cref="JobContext.UserId"/> and <see cref="JobContext.RequestId"/>. Outside of a request neither is captured. The address of the request is not
    /// carried, because anybody can write a Host header: see <see cref="JobContextBuilder.PublicBaseUrl"/>.
    /// </summary>
    /// <param name="context">What jobs carry.</param>
    /// <param name="userIdClaim">The claim that holds the user's id.</param>
    public static JobContextBuilder HttpRequest(this JobContextBuilder context, string userIdClaim = ClaimTypes.NameIdentifier)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Services.AddHttpContextAccessor();
        return context
            .UserId(services => Current(services)?.User is { Identity.IsAuthenticated: true } user ? user.FindFirstValue(userIdClaim) : null)
            .RequestId(services => Current(services)?.TraceIdentifier);
    }

    private static HttpContext? Current(IServiceProvider services) => services.GetRequiredService<IHttpContextAccessor>().HttpContext;
}
