using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flasky.Data.Comments;
using Flasky.Data.Posts;

namespace Flasky.Tests.Web.Api;

/// <summary>What becomes of bodies that are not what is expected.</summary>
public sealed class ApiBodyTests(Site site) : IClassFixture<Site>
{
    private const string Json = "application/json";

    public static TheoryData<string, string?, string?, HttpStatusCode> Bodies
    {
        get
        {
            var data = new TheoryData<string, string?, string?, HttpStatusCode>();
            foreach (var method in new[] { "POST posts", "PUT post", "POST comments" })
            {
                data.Add(method, null, null, HttpStatusCode.BadRequest);
                data.Add(method, "", Json, HttpStatusCode.BadRequest);
                data.Add(method, "{", Json, HttpStatusCode.BadRequest);
                data.Add(method, "words", Json, HttpStatusCode.BadRequest);
                data.Add(method, "null", Json, HttpStatusCode.BadRequest);
                data.Add(method, "[]", Json, HttpStatusCode.BadRequest);
                data.Add(method, "\"body\"", Json, HttpStatusCode.BadRequest);
                data.Add(method, """{"body": 5}""", Json, HttpStatusCode.BadRequest);
                data.Add(method, """{"body": ["a"]}""", Json, HttpStatusCode.BadRequest);
                data.Add(method, """{"body": ""}""", Json, HttpStatusCode.BadRequest);
                data.Add(method, """{"body": " \n "}""", Json, HttpStatusCode.BadRequest);
                data.Add(method, """{"body": "\u0000"}""", Json, HttpStatusCode.BadRequest);
                data.Add(method, """{"body": "\ud800"}""", Json, HttpStatusCode.BadRequest);
                data.Add(method, """{"body": "a"} {"body": "b"}""", Json, HttpStatusCode.BadRequest);
                data.Add(method, """{"body": "a"}""", "text/plain", HttpStatusCode.UnsupportedMediaType);
                data.Add(method, """{"body": "a"}""", null, HttpStatusCode.UnsupportedMediaType);
                data.Add(method, "body=a", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType);
                data.Add(method, """{"body": "a"}""", "application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType);
            }
            data.Add("POST posts", "{}", Json, HttpStatusCode.BadRequest);
            data.Add("POST comments", "{}", Json, HttpStatusCode.BadRequest);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task BadBodyIsRefusedInWords(string what, string? body, string? contentType, HttpStatusCode status)
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        var (method, path) = what switch
        {
            "POST posts" => (HttpMethod.Post, "/api/v1/posts/"),
            "PUT post" => (HttpMethod.Put, $"/api/v1/posts/{post.Id}"),
            _ => (HttpMethod.Post, $"/api/v1/posts/{post.Id}/comments/"),
        };
        using var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        (await caller.SendAsync(method, path, content)).MustBe(status, status == HttpStatusCode.BadRequest ? "bad request" : "unsupported media type");
        Assert.Equal(1, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "Posts" WHERE "AuthorId" = {ada.Id} AND "Body" = 'Words'"""));
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    [InlineData("application/vnd.api+json")]
    public async Task JsonByAnyOfItsNamesIsTaken(string contentType)
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        using var content = new ByteArrayContent("""{"body": "Grüße", "more": 1}"""u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        Assert.Equal("Grüße", (await caller.SendAsync(HttpMethod.Post, "/api/v1/posts/", content)).MustBe(HttpStatusCode.Created)["body"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TooLargeBodyIsRefusedAndTheLongestTextIsNot(bool chunked)
    {
        using var ada = await site.JoinAsync();
        await using var served = site.WithWebHostBuilder(_ => { });
        using var http = new HttpClient { BaseAddress = new Uri(served.Serve()) };
        http.DefaultRequestHeaders.TransferEncodingChunked = chunked;
        using var caller = new Caller(http).WithBasic($"{ada.Name}@example.com", Browser.Password);
        var large = new { body = new string('x', 200_000) };
        (await caller.PostAsync("/api/v1/posts/", large)).MustBe(HttpStatusCode.RequestEntityTooLarge, "content too large");

        // As clients send it that escape whatever is not ASCII.
        var longest = new string('\u2603', Post.MaxBodyLength);
        Assert.True(JsonSerializer.Serialize(longest).Length > 6 * Post.MaxBodyLength);
        Assert.Equal(longest, (await caller.PostAsync("/api/v1/posts/", new { body = longest })).MustBe(HttpStatusCode.Created)["body"]);
    }

    [Fact]
    public async Task TooLongTextIsRefused()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        var longest = new string('x', Post.MaxBodyLength + 1);
        foreach (var answer in new[]
        {
            await caller.PostAsync("/api/v1/posts/", new { body = longest }),
            await caller.PutAsync($"/api/v1/posts/{post.Id}", new { body = longest }),
        })
            Assert.Contains($"{Post.MaxBodyLength}", answer.MustBe(HttpStatusCode.BadRequest, "bad request")["message"], StringComparison.Ordinal);
        Assert.Contains($"{Comment.MaxBodyLength}", (await caller.PostAsync($"/api/v1/posts/{post.Id}/comments/", new { body = new string('x', Comment.MaxBodyLength + 1) }))
            .MustBe(HttpStatusCode.BadRequest, "bad request")["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScriptsInATextAreText()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        var written = await caller.PostAsync("/api/v1/posts/", new { body = "<script>alert(1)</script> [x](javascript:alert(1))" });
        Assert.DoesNotContain("<script", written.MustBe(HttpStatusCode.Created)["body_html"], StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", written["body_html"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task EveryErrorUnderTheApiIsJson(string? accept)
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        caller.Http.DefaultRequestHeaders.Remove("Accept");
        if (accept is not null)
            caller.Http.DefaultRequestHeaders.Add("Accept", accept);
        (await caller.GetAsync("/api/v1/nothing")).MustBe(HttpStatusCode.NotFound, "not found");
        (await caller.GetAsync("/api/v1/posts/2000000000")).MustBe(HttpStatusCode.NotFound, "not found");
        (await caller.DeleteAsync("/api/v1/posts/")).MustBe(HttpStatusCode.MethodNotAllowed, "method not allowed");
        (await caller.PostAsync("/api/v1/posts/")).MustBe(HttpStatusCode.BadRequest, "bad request");
    }

    [Fact]
    public async Task FailureOfOursIsJsonAndSaysNothingOfItsCause()
    {
        await using var broken = site.WithWebHostBuilder(web => web.UseSetting("ConnectionStrings:flaskydb", "Host=127.0.0.1;Port=1;Timeout=1;Username=x;Database=x"));
        using var caller = Caller.Of(broken).WithBearer("some-token");
        var answer = (await caller.GetAsync("/api/v1/posts/")).MustBe(HttpStatusCode.InternalServerError, "internal server error");
        Assert.DoesNotContain("Npgsql", answer.Text, StringComparison.Ordinal);
    }
}
