using System.Security.Claims;
using Flasky.Data.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;

namespace Flasky.Web.Api.Authentication;

/// <summary>Lets in what a token is for; a password is for everything.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequireScopeAttribute(ApiScopes scope) : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>The claim of each scope.</summary>
    public const string ClaimType = "scope";

    /// <summary>The scope's name, as a caller reads it.</summary>
    public string Name { get; } = scope.Names().Single();

    public bool IsIn(ClaimsPrincipal user) => user.HasClaim(ClaimType, Name);

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new ClaimsAuthorizationRequirement(ClaimType, [Name])];
}

internal static class ScopeExtensions
{
    private static readonly ApiScopes[] Each = [ApiScopes.Read, ApiScopes.Write, ApiScopes.Moderate];

    /// <summary>The scopes by name: <c>read</c>, <c>write</c>, <c>moderate</c>.</summary>
    public static IEnumerable<string> Names(this ApiScopes scopes) => Each.Where(scope => scopes.HasFlag(scope)).Select(scope => scope.ToString().ToLowerInvariant());

    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder endpoint, ApiScopes scope) => endpoint.RequireAuthorization(new RequireScopeAttribute(scope));
}
