using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Flasky.Web.Account;

/// <summary>
/// For pages that a stolen session must not reach: sends everybody to <see cref="AgainModel"/> who has not shown a password or
/// a passkey in this session within <see cref="Lifetime"/>. Logging in does not count. Goes with [Authorize].
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ChecksIdentityAttribute : Attribute, IAsyncPageFilter
{
    /// <summary>How long it holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        var checkedAt = services.GetRequiredService<CurrentUser>().Session?.IdentityCheckedAt;
        if (services.GetRequiredService<TimeProvider>().GetUtcNow() - checkedAt < Lifetime)
        {
            await next();
            return;
        }
        context.Result = new RedirectToPageResult("/Account/Again", new { next = context.HttpContext.Request.Path.Value });
    }
}
