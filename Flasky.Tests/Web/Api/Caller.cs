using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flasky.Data;
using Flasky.Data.Tokens;
using Flasky.Web.Api.Tokens;
using Flasky.Web.Home;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web.Api;

/// <summary>A client of the API, as one written for the original: JSON, and credentials with every request.</summary>
public sealed class Caller(HttpClient http) : IDisposable
{
    public HttpClient Http => http;

    /// <summary>A client without credentials.</summary>
    public static Caller Of(WebApplicationFactory<IndexModel> site)
    {
        var http = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        return new Caller(http);
    }

    /// <summary>The same with a name and a password, or a token and none.</summary>
    public Caller WithBasic(string name, string password)
    {
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        return this;
    }

    public Caller WithBearer(string token)
    {
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return this;
    }

    public Task<Answer> GetAsync(string path, string? ifNoneMatch = null) => SendAsync(HttpMethod.Get, path, null, ("If-None-Match", ifNoneMatch));

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, Json(body));

    public Task<Answer> PutAsync(string path, object? body, string? ifMatch = null) => SendAsync(HttpMethod.Put, path, Json(body), ("If-Match", ifMatch));

    public Task<Answer> DeleteAsync(string path, string? ifMatch = null) => SendAsync(HttpMethod.Delete, path, null, ("If-Match", ifMatch));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute)) { Content = content };
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers, response.Content.Headers);
    }

    public void Dispose() => http.Dispose();

    private static StringContent? Json(object? body) => body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}

/// <summary>What the API answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? this[string property] => Json.GetProperty(property).GetString();

    public string ETag => Headers.ETag!.ToString();

    public IEnumerable<string?> Bodies(string list) => Json.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("body").GetString());

    /// <summary>That it is an error of the API's own form.</summary>
    public Answer MustBe(HttpStatusCode status, string error)
    {
        Assert.Equal((status, "application/json"), (Status, ContentHeaders.ContentType?.MediaType));
        Assert.Equal(["error", "message"], Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(error, this["error"]);
        Assert.NotEmpty(this["message"]!);
        return this;
    }

    public Answer MustBe(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{Status}: {Text}");
        return this;
    }
}

internal static class CallerExtensions
{
    /// <summary>A client that shows a member's e-mail address and password.</summary>
    public static Caller Call(this Site site, Member member) => Caller.Of(site).WithBasic($"{member.Name}@example.com", Browser.Password);

    /// <summary>A client that shows a token of a member, made without the page.</summary>
    public static async Task<Caller> CallAsync(this Site site, Member member, ApiScopes scopes) => Caller.Of(site).WithBearer(await site.TokenAsync(member, scopes));

    public static async Task<string> TokenAsync(this Site site, Member member, ApiScopes scopes = ApiScopes.All, TimeSpan? lifetime = null)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().Users.SingleAsync(u => u.Id == member.Id, TestContext.Current.CancellationToken);
        return (await scope.ServiceProvider.GetRequiredService<TokenWriter>().WriteAsync(user, "test", scopes, lifetime, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Hides a comment.</summary>
    public static Task HideAsync(this Site site, int commentId) => site.Database.ScalarAsync<int>($"""UPDATE "Comments" SET "IsDisabled" = true WHERE "Id" = {commentId} RETURNING 1""");
}
