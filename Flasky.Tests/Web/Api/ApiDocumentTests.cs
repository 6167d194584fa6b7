using System.Net;
using System.Text.Json;

namespace Flasky.Tests.Web.Api;

public sealed class ApiDocumentTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task DocumentNamesEveryAddressAndSaysWhatItDoes()
    {
        using var caller = Caller.Of(site);
        var document = (await caller.GetAsync("/api/v1/openapi.json")).MustBe(HttpStatusCode.OK).Json;
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value))).ToList();
        Assert.Equal(
            [
                "delete /api/v1/comments/{id}", "delete /api/v1/posts/{id}", "get /api/v1/comments/", "get /api/v1/comments/{id}", "get /api/v1/posts/", "get /api/v1/posts/{id}",
                "get /api/v1/posts/{id}/comments/", "get /api/v1/users/{id}", "get /api/v1/users/{id}/posts/", "get /api/v1/users/{id}/timeline/", "post /api/v1/posts/",
                "post /api/v1/posts/{id}/comments/", "post /api/v1/tokens/", "put /api/v1/posts/{id}",
            ], operations.Select(operation => operation.Name).Order(StringComparer.Ordinal));
        foreach (var (name, operation) in operations)
        {
            Assert.True(operation.GetProperty("summary").GetString()!.Length > 0, name);
            Assert.True(operation.GetProperty("description").GetString()!.Length > 0, name);
            foreach (var status in new[] { "401", "403", "429" })
                Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _), $"{name} {status}");
            Assert.Equal(name.StartsWith("put", StringComparison.Ordinal) || (name.StartsWith("post", StringComparison.Ordinal) && !name.Contains("tokens", StringComparison.Ordinal)),
                operation.TryGetProperty("requestBody", out _));
        }
    }

    [Fact]
    public async Task SchemasHaveTheNamesThatAreSent()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        var schemas = (await caller.GetAsync("/api/v1/openapi.json")).Json.GetProperty("components").GetProperty("schemas");
        var sent = (await caller.GetAsync($"/api/v1/posts/{post.Id}")).Json;
        Assert.Equal(sent.EnumerateObject().Select(property => property.Name), Properties("PostJson"));
        Assert.Equal(["error", "message"], Properties("ErrorBody"));
        foreach (var property in schemas.GetProperty("PostJson").GetProperty("properties").EnumerateObject())
            Assert.True(property.Value.TryGetProperty("description", out _), property.Name);

        IEnumerable<string> Properties(string schema) => schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(property => property.Name);
    }

    [Fact]
    public async Task DocumentIsTheSameWhateverTheRequestSaysItsHostIs()
    {
        using var caller = Caller.Of(site);
        var one = await caller.GetAsync("/api/v1/openapi.json");
        var other = await caller.SendAsync(HttpMethod.Get, "/api/v1/openapi.json", null, ("Host", "evil.example.com"));
        Assert.Equal(one.Text, other.Text);
        Assert.Equal(["basic", "bearer"], one.Json.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name).Order(StringComparer.Ordinal));
        Assert.Equal(JsonValueKind.Array, one.Json.GetProperty("security").ValueKind);
    }
}
