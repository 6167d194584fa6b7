using System.Text.Json;
using Flasky.Data.Tokens;
using Flasky.Web.Account;
using Flasky.Web.Api.Authentication;
using Flasky.Web.Api.Comments;
using Flasky.Web.Api.Documents;
using Flasky.Web.Api.Limits;
using Flasky.Web.Api.Posts;
using Flasky.Web.Api.Tokens;
using Flasky.Web.Api.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Flasky.Web.Api;

/// <summary>
/// The REST API. Its callers show a password or a token with every request; the cookie of the site is no credential here, so no
/// page of somebody else's can make a browser do anything.
/// </summary>
internal static class ApiSetup
{
    /// <summary>The most bytes of a request's body: the longest post, with every character escaped as <c>\uXXXX</c>.</summary>
    public const int MaxBodyBytes = 128 * 1024;

    public static void AddApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiAuthentication>(ApiAuthentication.SchemeName, configureOptions: null);
        services.AddSingleton<CheckedPasswords>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<TokenSignIn>();
        services.AddScoped<TokenWriter>();
        services.AddScoped<IPersonalData, TokenData>();
        services.AddSingleton<RequestRates>();
        services.AddOptions<RequestLimitOptions>().BindConfiguration(RequestLimitOptions.Section)
            .Validate(limits => limits.IsValid, $"Each limit in {RequestLimitOptions.Section} needs a Burst of at least 1 and Every longer than 00:00:00, as does Patience.")
            .ValidateOnStart();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        services.AddApiDocument();
    }

    /// <summary>Whether the request is for the API, so that nobody is signed in by cookie.</summary>
    public static bool IsApi(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ApiEndpoint>() is not null;

    /// <summary>Goes before authorization, which may end the request: a refused one counts as well.</summary>
    public static void UseApi(this WebApplication app) => app.UseWhen(IsApi, static api => api.UseMiddleware<RequestLimiting>());

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(ApiPaths.Root)
            .WithMetadata(new ApiEndpoint(), new RequestSizeLimitAttribute(MaxBodyBytes))
            .RequireAuthorization(ApiAuthentication.Policy);
        api.MapTokens();
        api.MapPosts();
        api.MapComments();
        api.MapUsers();
        endpoints.MapApiDocument();
    }

    /// <summary>An endpoint that reads; as everywhere in HTTP, HEAD asks what GET would answer.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler).RequireScope(ApiScopes.Read);
}

/// <summary>Marks the endpoints of the API.</summary>
internal sealed class ApiEndpoint;
