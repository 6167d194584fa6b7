using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Flasky.Web.Security;

/// <summary>429 with Retry-After; the page, or the JSON, is that of every 429.</summary>
public sealed class LimitedResult(TimeSpan wait) : StatusCodeResult(StatusCodes.Status429TooManyRequests)
{
    /// <inheritdoc/>
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        base.ExecuteResult(context);
    }
}
