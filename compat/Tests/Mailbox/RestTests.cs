using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

/// <summary>The shapes are those of MailPit's API v1.</summary>
public sealed class RestTests : IAsyncLifetime
{
    private MailboxServer server = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await MailboxServer.StartAsync(new(), Cancelled);
        http = new HttpClient { BaseAddress = new Uri($"http://localhost:{server.HttpPort}") };
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SayAsync("AUTH PLAIN AHVzZXIAcGFzcw==");
        await client.MailAsync("susan@example.com", """
            From: Flasky <noreply@example.com>
            To: Susan <susan@example.com>
            Reply-To: help@example.com
            Subject: Confirm your account
            Message-ID: <1@example.com>
            Date: Tue, 1 Jul 2025 10:52:37 +0200
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Open http://localhost/confirm/abc
            --b
            Content-Type: text/html

            <p>Open <a href="http://localhost/confirm/abc">this</a></p>
            --b
            Content-Type: text/csv
            Content-Disposition: attachment; filename="data.csv"

            1,2
            --b--

            """.ReplaceLineEndings("\r\n"));
        await client.MailAsync("john@example.com", "From: Flasky <noreply@example.com>\r\nTo: john@example.com\r\nSubject: Reset your password\r\n\r\nHello\r\n");
        await client.MailAsync("hidden@example.com", "From: x@example.com\r\nTo: john@example.com\r\n\r\n");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task MessagesAreListedNewestFirst()
    {
        var list = await GetAsync("/api/v1/messages");

        Assert.Equal(3, list.GetProperty("total").GetInt32());
        Assert.Equal(3, list.GetProperty("unread").GetInt32());
        Assert.Equal(3, list.GetProperty("messages_count").GetInt32());
        Assert.Equal(0, list.GetProperty("start").GetInt32());
        Assert.Equal(["", "Reset your password", "Confirm your account"], Subjects(list));
        var summary = list.GetProperty("messages")[2];
        Assert.Equal("1@example.com", summary.GetProperty("MessageID").GetString());
        Assert.False(summary.GetProperty("Read").GetBoolean());
        Assert.Equal("Flasky", summary.GetProperty("From").GetProperty("Name").GetString());
        Assert.Equal("susan@example.com", summary.GetProperty("To")[0].GetProperty("Address").GetString());
        Assert.Equal("help@example.com", summary.GetProperty("ReplyTo")[0].GetProperty("Address").GetString());
        Assert.Equal("user", summary.GetProperty("Username").GetString());
        Assert.Equal(1, summary.GetProperty("Attachments").GetInt32());
        Assert.Equal("Open this", summary.GetProperty("Snippet").GetString());
        Assert.Equal(server.Messages[2].ReceivedAt, summary.GetProperty("Created").GetDateTimeOffset());
        Assert.Equal(server.Messages[2].Size, summary.GetProperty("Size").GetInt32());
    }

    [Theory]
    [InlineData("?limit=1", 0, "")]
    [InlineData("?start=1&limit=1", 1, "Reset your password")]
    [InlineData("?start=9", 9)]
    public async Task AListHasPages(string query, int start, params string[] subjects)
    {
        var list = await GetAsync("/api/v1/messages" + query);

        Assert.Equal(subjects, Subjects(list));
        Assert.Equal(start, list.GetProperty("start").GetInt32());
        Assert.Equal(3, list.GetProperty("total").GetInt32());
        Assert.Equal(subjects.Length, list.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task AMessageHasItsParts()
    {
        var id = server.Messages[2].Id;
        var message = await GetAsync($"/api/v1/message/{id}");

        Assert.Equal(id, message.GetProperty("ID").GetString());
        Assert.Equal("Open http://localhost/confirm/abc", message.GetProperty("Text").GetString());
        Assert.Contains("href=\"http://localhost/confirm/abc\"", message.GetProperty("HTML").GetString(), StringComparison.Ordinal);
        Assert.Equal("sender@example.com", message.GetProperty("ReturnPath").GetString());
        Assert.Equal(new DateTimeOffset(2025, 7, 1, 8, 52, 37, TimeSpan.Zero), message.GetProperty("Date").GetDateTimeOffset());
        var attachment = message.GetProperty("Attachments")[0];
        Assert.Equal("data.csv", attachment.GetProperty("FileName").GetString());
        Assert.Equal("text/csv", attachment.GetProperty("ContentType").GetString());
        Assert.Equal(3, attachment.GetProperty("Size").GetInt32());
        Assert.Equal("1,2", await http.GetStringAsync($"/api/v1/message/{id}/part/{attachment.GetProperty("PartID").GetString()}", Cancelled));
        Assert.True(server.Messages[2].IsRead);
        Assert.Equal(2, (await GetAsync("/api/v1/messages")).GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task LatestIsTheNewest()
    {
        var message = await GetAsync("/api/v1/message/latest");

        Assert.Equal(server.Messages[0].Id, message.GetProperty("ID").GetString());
        Assert.Equal("hidden@example.com", message.GetProperty("Bcc")[0].GetProperty("Address").GetString());
    }

    [Fact]
    public async Task HeadersAreListsOfValues()
    {
        var headers = await GetAsync($"/api/v1/message/{server.Messages[2].Id}/headers");

        Assert.Equal("Confirm your account", headers.GetProperty("Subject")[0].GetString());
        Assert.Equal("<1@example.com>", headers.GetProperty("Message-ID")[0].GetString());
    }

    [Fact]
    public async Task RawIsTheSource()
    {
        using var response = await http.GetAsync($"/api/v1/message/{server.Messages[2].Id}/raw", Cancelled);

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(server.Messages[2].Source.ToArray(), await response.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Theory]
    [InlineData("to:susan@example.com", "Confirm your account")]
    [InlineData("TO:SUSAN", "Confirm your account")]
    [InlineData("to:hidden@example.com")]
    [InlineData("bcc:hidden@example.com", "")]
    [InlineData("addressed:hidden@example.com", "")]
    [InlineData("from:flasky", "Reset your password", "Confirm your account")]
    [InlineData("from:flasky -subject:reset", "Confirm your account")]
    [InlineData("subject:\"your account\"", "Confirm your account")]
    [InlineData("\"your password\"", "Reset your password")]
    [InlineData("your flasky", "Reset your password", "Confirm your account")]
    [InlineData("message-id:1@example.com", "Confirm your account")]
    [InlineData("has:attachment", "Confirm your account")]
    [InlineData("data.csv", "Confirm your account")]
    [InlineData("is:read")]
    [InlineData("!is:unread")]
    [InlineData("\"")]
    [InlineData("nothing")]
    public async Task SearchFindsWhatMatchesAllTerms(string query, params string[] subjects)
    {
        var list = await GetAsync($"/api/v1/search?query={Uri.EscapeDataString(query)}");

        if (query == "\"") subjects = ["", "Reset your password", "Confirm your account"];
        Assert.Equal(subjects, Subjects(list));
        Assert.Equal(subjects.Length, list.GetProperty("messages_count").GetInt32());
        Assert.Equal(3, list.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task ASearchNeedsAQuery()
    {
        using var response = await http.GetAsync("/api/v1/search", Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task MessagesAreDeletedByIdOrAllAtOnce()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/messages")
        {
            Content = JsonContent.Create(new { IDs = new[] { server.Messages[0].Id, "no-such-id" } }),
        };
        using var some = await http.SendAsync(request, Cancelled);
        Assert.Equal("ok", await some.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(2, server.Messages.Count);

        using var all = await http.DeleteAsync("/api/v1/messages", Cancelled);
        Assert.Equal("ok", await all.Content.ReadAsStringAsync(Cancelled));
        Assert.Empty(server.Messages);
        Assert.Equal(0, (await GetAsync("/api/v1/messages")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/message/none")]
    [InlineData("/api/v1/message/none/raw")]
    [InlineData("/api/v1/message/none/headers")]
    [InlineData("/api/v1/message/latest/part/99")]
    public async Task WhatIsNotThereIsNotFound(string path)
    {
        using var response = await http.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task ItTellsThatItIsWell()
    {
        Assert.Equal("ok", await http.GetStringAsync("/livez", Cancelled));
        Assert.Equal("ok", await http.GetStringAsync("/readyz", Cancelled));
        Assert.Equal(3, (await GetAsync("/api/v1/info")).GetProperty("Messages").GetInt32());
    }

    private static IEnumerable<string?> Subjects(JsonElement list) =>
        list.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("Subject").GetString());

    private async Task<JsonElement> GetAsync(string path) => await http.GetFromJsonAsync<JsonElement>(path, Cancelled);
}
