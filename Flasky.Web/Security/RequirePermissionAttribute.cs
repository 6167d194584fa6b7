using Flasky.Data.Users;
using Flasky.Web.Account;
using Microsoft.AspNetCore.Authorization;

namespace Flasky.Web.Security;

/// <summary>
/// Lets in whose role allows it, as the database has it now: <c>[RequirePermission(Permissions.Moderate)]</c> on a page, or
/// <c>RequireAuthorization(new RequirePermissionAttribute(...))</c> on an endpoint. Strangers are asked to log in, others get a 403.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequirePermissionAttribute(Permissions permissions) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>All that the role must allow.</summary>
    public Permissions Permissions => permissions;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Decides by <see cref="CurrentUser"/>, so a role that is taken away is gone with the next request.</summary>
internal sealed class PermissionHandler(CurrentUser current) : AuthorizationHandler<RequirePermissionAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequirePermissionAttribute requirement)
    {
        if (current.Can(requirement.Permissions))
        {
            context.Succeed(requirement);
        }
        return Task.CompletedTask;
    }
}

internal static class PermissionSetup
{
    public static void AddPermissions(this IServiceCollection services)
    {
        services.AddAuthorization();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
    }
}
