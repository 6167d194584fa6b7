using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Flasky.Web.Api.Documents;

/// <summary>The OpenAPI document, made of the endpoints themselves.</summary>
internal static class ApiDocument
{
    public const string Path = $"{ApiPaths.Root}/openapi.json";

    public const string PageHelp = "From 1; what is less, or no number, is the first page. Past the end a list is empty.";

    private const string Name = "v1";

    private const string Help =
        "Posts, comments and people. Every request shows credentials, by HTTP basic authentication or as a bearer token; cookies count for nothing. "
        + "Errors are `{error, message}`. Answers to GET have an ETag: sent as If-None-Match it saves the body (304), sent as If-Match with PUT or DELETE it "
        + "keeps one change from undoing another (412). RateLimit says how many requests are left.";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, static options =>
    {
        // HEAD is GET without the body.
        options.ShouldInclude = static endpoint => endpoint.HttpMethod != HttpMethods.Head
            && endpoint.ActionDescriptor.EndpointMetadata.OfType<ApiEndpoint>().Any() && $"/{endpoint.RelativePath}" != Path;
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Flasky", Version = Name, Description = Help };
            // The same for every reader, whatever the request says the host is.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Paths = WithSlashes(document.Paths);
            AddSecurity(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(AddBodyAsync);
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            AddPage(operation);
            AddCondition(operation, context.Description.HttpMethod);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi(Path).WithMetadata(new ApiEndpoint());

    /// <summary>As answers spell them: the framework leaves the slash at the end of a list's address away.</summary>
    private static OpenApiPaths WithSlashes(OpenApiPaths paths)
    {
        var spelled = new OpenApiPaths();
        foreach (var (path, item) in paths)
        {
            spelled.Add(path.EndsWith('}') ? path : $"{path}/", item);
        }
        return spelled;
    }

    private static void AddSecurity(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["basic"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "basic",
                Description = "E-mail address and password, or a token as the user name and an empty password.",
            },
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of /auth/tokens or of POST /api/v1/tokens/." },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("basic", document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
        ];
    }

    private static async Task AddBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesBody>().SingleOrDefault() is { } takes)
        {
            var schema = await context.GetOrCreateSchemaAsync(takes.Type, parameterDescription: null, cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            };
        }
    }

    private static void AddPage(OpenApiOperation operation)
    {
        foreach (var page in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.Name == "page"))
        {
            page.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Default = 1 };
        }
    }

    private static void AddCondition(OpenApiOperation operation, string? method)
    {
        var (header, help) = method switch
        {
            "GET" => ("If-None-Match", "The ETag of what you have: 304 without a body, if it is still so."),
            "PUT" or "DELETE" => ("If-Match", "The ETag of what you have read: 412, if it is not so any more."),
            _ => default,
        };
        if (header is not null)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header, In = ParameterLocation.Header, Description = help, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }
}
