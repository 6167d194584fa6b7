using Flasky.Emails;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flasky.Tests.Emails;

public sealed class EmailSettingsTests
{
    [Theory]
    [InlineData("Flasky:Email:Sender", null)]
    [InlineData("Flasky:Email:Sender", "no address")]
    [InlineData("Flasky:Email:Sender", "a@example.com\r\nBcc: eve@example.com")]
    [InlineData("Flasky:Email:ReplyTo", "nobody")]
    [InlineData("Flasky:Email:SubjectPrefix", "[Flasky]\n")]
    [InlineData("Flasky:PublicBaseUrl", null)]
    [InlineData("Flasky:PublicBaseUrl", "/relative")]
    [InlineData("Flasky:PublicBaseUrl", "ftp://flasky.example.com")]
    [InlineData("Flasky:PublicBaseUrl", "https://flasky.example.com/?x=1")]
    [InlineData("Flasky:PublicBaseUrl", "https://user@flasky.example.com/")]
    public async Task AHostWithAWrongSettingDoesNotStartAndNamesIt(string path, string? value)
    {
        using var host = Host((path, value));
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(path, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://flasky.example.com", "https://flasky.example.com/auth/confirm/a-b_c")]
    [InlineData("https://flasky.example.com/", "https://flasky.example.com/auth/confirm/a-b_c")]
    [InlineData("http://localhost:5080/blog/", "http://localhost:5080/blog/auth/confirm/a-b_c")]
    public void LinksStartWithThePublicAddress(string address, string expected)
    {
        using var host = Host(("Flasky:PublicBaseUrl", address));
        Assert.Equal(expected, host.Services.GetRequiredService<SiteLinks>().ConfirmAccount("a-b_c").AbsoluteUri);
    }

    [Fact]
    public void TokensStayOneSegmentOfTheLink()
    {
        using var host = Host();
        Assert.Equal("https://flasky.example.com/auth/confirm/a%2F..%2Fb%3Fc%23d",
            host.Services.GetRequiredService<SiteLinks>().ConfirmAccount("a/../b?c#d").AbsoluteUri);
    }

    private static IHost Host(params (string Path, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Flasky:Email:Sender"] = "Flasky <flasky@example.com>",
            ["Flasky:PublicBaseUrl"] = "https://flasky.example.com",
        };
        foreach (var (path, value) in changes)
        {
            settings[path] = value;
        }
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddFlaskyEmails();
        return builder.Build();
    }
}
