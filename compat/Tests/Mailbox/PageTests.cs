using System.Net;
using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class PageTests : IAsyncLifetime
{
    private MailboxServer server = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await MailboxServer.StartAsync(new(), Cancelled);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://localhost:{server.HttpPort}") };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task AnEmptyMailboxSaysSo() => Assert.Contains("No mail yet", await http.GetStringAsync("/", Cancelled), StringComparison.Ordinal);

    [Fact]
    public async Task WhatAMessageSaysNeverBecomesMarkupOfThePage()
    {
        const string Attack = "\"'><script>alert(1)</script>";
        var message = await ReceiveAsync($"From: \"<i>\" <{Attack}>\r\nTo: {Attack}\r\nSubject: {Attack}\r\nX-{Attack}: x\r\n\r\n{Attack} http://x/{Attack}\r\n");

        foreach (var path in (string[])
            ["/", "/?start=0", $"/search?q={Uri.EscapeDataString(Attack)}", $"/view/{message.Id}", $"/view/{message.Id}?side=headers", $"/view/{message.Id}?side=source"])
        {
            var page = await http.GetStringAsync(path, Cancelled);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task HtmlIsShownInASandboxThatFetchesNothing()
    {
        var message = await ReceiveAsync("Content-Type: text/html\r\n\r\n<html><head><title>x</title></head><body><script>x()</script></body></html>\r\n");

        var page = await http.GetStringAsync($"/view/{message.Id}", Cancelled);
        Assert.Contains($"src=\"/view/{message.Id}.html\"", page, StringComparison.Ordinal);
        Assert.Contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("x()", page, StringComparison.Ordinal);

        using var frame = await http.GetAsync($"/view/{message.Id}.html", Cancelled);
        var policy = Assert.Single(frame.Headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.Contains("sandbox allow-popups allow-popups-to-escape-sandbox", policy);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("img-src data:", policy);
        Assert.DoesNotContain(policy, part => part.StartsWith("script-src", StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(frame.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(frame.Headers.GetValues("Referrer-Policy")));
        Assert.StartsWith("<html><head><base target=\"_blank\">", await frame.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InlineImagesBecomePartOfTheHtml()
    {
        var message = await ReceiveAsync("""
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html

            <img src="cid:logo">
            --b
            Content-Type: image/png
            Content-ID: <logo>
            Content-Transfer-Encoding: base64

            aGk=
            --b--

            """.ReplaceLineEndings("\r\n"));

        Assert.Contains("src=\"data:image/png;base64,aGk=\"", await http.GetStringAsync($"/view/{message.Id}.html", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressesInTextAreLinks()
    {
        var message = await ReceiveAsync("\r\nOpen http://localhost/confirm?a=1&b=2. Or <https://example.com/x>!\r\n");

        var page = await http.GetStringAsync($"/view/{message.Id}?side=text", Cancelled);

        Assert.Contains("<a href=\"http://localhost/confirm?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer\">", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.com/x\"", page, StringComparison.Ordinal);
        Assert.Equal("Open http://localhost/confirm?a=1&b=2. Or <https://example.com/x>!\r\n", await http.GetStringAsync($"/view/{message.Id}.txt", Cancelled));
    }

    [Fact]
    public async Task AnHtmlAttachmentIsNeverOpenedHere()
    {
        var message = await ReceiveAsync("Content-Type: text/html; name=\"x.html\"\r\nContent-Disposition: attachment\r\n\r\n<script>x()</script>\r\n");

        using var part = await http.GetAsync($"/api/v1/message/{message.Id}/part/0", Cancelled);

        Assert.Equal("attachment", part.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("sandbox", Assert.Single(part.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheListHasPagesAndASearch()
    {
        for (var number = 1; number <= 60; number++) await ReceiveAsync($"Subject: number {number}\r\n\r\n");

        var first = await http.GetStringAsync("/", Cancelled);
        Assert.Contains("number 60<", first, StringComparison.Ordinal);
        Assert.DoesNotContain("number 10<", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/?start=50\"", first, StringComparison.Ordinal);
        Assert.Contains("number 10<", await http.GetStringAsync("/?start=50", Cancelled), StringComparison.Ordinal);
        Assert.Contains("Found <span class=\"count\">1</span>", await http.GetStringAsync("/search?q=%22number+42%22", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LatestLeadsToTheNewest()
    {
        var message = await ReceiveAsync("Subject: x\r\n\r\n");

        using var response = await http.GetAsync("/view/latest", Cancelled);

        Assert.Equal($"/view/{message.Id}", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task AMessageThatIsGoneIsNotFound()
    {
        foreach (var path in (string[])["/view/none", "/view/none.html", "/view/none.txt"])
        {
            using var response = await http.GetAsync(path, Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task TheFormsDeleteOneOrAll()
    {
        var message = await ReceiveAsync("Subject: one\r\n\r\n");
        await ReceiveAsync("Subject: two\r\n\r\n");
        await ReceiveAsync("Subject: three\r\n\r\n");

        using var one = await http.PostAsync("/delete", new FormUrlEncodedContent([new("id", message.Id)]), Cancelled);
        Assert.Equal(HttpStatusCode.SeeOther, one.StatusCode);
        Assert.Equal(["three", "two"], server.Messages.Select(each => each.Subject));

        using var all = await http.PostAsync("/delete", null, Cancelled);
        Assert.Equal("/", all.Headers.Location?.ToString());
        Assert.Empty(server.Messages);
    }

    [Theory]
    [InlineData("GET", "/", "Host", "mailbox.evil.example")]
    [InlineData("POST", "/delete", "Origin", "http://evil.example")]
    [InlineData("POST", "/delete", "Sec-Fetch-Site", "cross-site")]
    [InlineData("POST", "/delete", "Sec-Fetch-Site", "same-site")]
    [InlineData("DELETE", "/api/v1/messages", "Origin", "null")]
    public async Task OtherSitesAreKeptOut(string method, string path, string header, string value)
    {
        await ReceiveAsync("Subject: mine\r\n\r\n");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task AnOpenPageHearsOfNewMail()
    {
        using var response = await http.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync(Cancelled));
        Assert.Equal("data: 0", await NextAsync(events));

        await ReceiveAsync("Subject: news\r\n\r\n");

        Assert.Equal("data: 1", await NextAsync(events));
        Assert.Contains("data-version=\"1\"", await http.GetStringAsync("/", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOpenPageDoesNotHoldTheServerUp()
    {
        using var response = await http.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, Cancelled);

        await server.DisposeAsync().AsTask().WaitAsync(SmtpConversation.Patience, Cancelled);
    }

    [Theory]
    [InlineData("/mailbox.css", "text/css")]
    [InlineData("/mailbox.js", "text/javascript")]
    [InlineData("/mailbox.svg", "image/svg+xml")]
    public async Task ItsAssetsAreItsOwn(string path, string type)
    {
        using var response = await http.GetAsync(path, Cancelled);

        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("://", (await response.Content.ReadAsStringAsync(Cancelled)).Replace("http://www.w3.org/2000/svg", ""), StringComparison.Ordinal);
    }

    private static async Task<string?> NextAsync(StreamReader events)
    {
        string? line;
        do line = await events.ReadLineAsync(Cancelled).AsTask().WaitAsync(SmtpConversation.Patience, Cancelled);
        while (line == "");
        return line;
    }

    private async Task<ReceivedMessage> ReceiveAsync(string content)
    {
        using var client = await SmtpConversation.OpenAsync(server);
        Assert.StartsWith("250 ", await client.MailAsync("susan@example.com", content), StringComparison.Ordinal);
        return server.Messages[0];
    }
}
