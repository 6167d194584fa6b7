using Flasky.Worker.Mail;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Flasky.Tests.Worker;

public sealed class SmtpConnectionStringTests
{
    private const string Secret = "s3cret";

    [Theory]
    [InlineData("Endpoint=smtp://127.0.0.1:1025", "127.0.0.1", 1025, SecureSocketOptions.None, null)]
    [InlineData("smtp://localhost", "localhost", 25, SecureSocketOptions.None, null)]
    [InlineData("smtp://[::1]:1025", "::1", 1025, SecureSocketOptions.None, null)]
    [InlineData("smtp://mail.example.com", "mail.example.com", 25, SecureSocketOptions.StartTlsWhenAvailable, null)]
    [InlineData("smtp://bücher.example:26", "xn--bcher-kva.example", 26, SecureSocketOptions.StartTlsWhenAvailable, null)]
    [InlineData("smtps://mail.example.com", "mail.example.com", 465, SecureSocketOptions.SslOnConnect, null)]
    [InlineData("smtp://ada%40example.com:s3cret@mail.example.com:587", "mail.example.com", 587, SecureSocketOptions.StartTls, "ada@example.com")]
    [InlineData("Endpoint=smtp://mail.example.com:587;Username=ada;Password=s3cret", "mail.example.com", 587, SecureSocketOptions.StartTls, "ada")]
    [InlineData("endpoint=smtp://mail:25;username=ada;password=s3cret;tls=never", "mail", 25, SecureSocketOptions.None, "ada")]
    [InlineData("Endpoint=smtp://localhost:25;Tls=Always", "localhost", 25, SecureSocketOptions.StartTls, null)]
    public void ServersAreRead(string text, string host, int port, SecureSocketOptions tls, string? user)
    {
        var settings = SmtpConnectionString.Parse(text);
        Assert.Equal((host, port, tls, user), (settings.Host, settings.Port, settings.Tls, settings.Credentials?.UserName));
        Assert.Equal(user is null ? null : Secret, settings.Credentials?.Password);
    }

    [Fact]
    public void PasswordsMayHoldAnyCharacter()
    {
        Assert.Equal("a;b='c", SmtpConnectionString.Parse("Endpoint=smtp://mail;Username=ada;Password=\"a;b='c\"").Credentials!.Password);
        Assert.Equal("a:b/c@", SmtpConnectionString.Parse("smtp://ada:a%3Ab%2Fc%40@mail").Credentials!.Password);
    }

    [Theory]
    [InlineData("localhost:1025")]
    [InlineData("http://ada:s3cret@localhost")]
    [InlineData("smtp://ada:s3cret@localhost/path")]
    [InlineData("smtp://ada@localhost")]
    [InlineData("Endpoint=localhost;Username=ada;Password=s3cret")]
    [InlineData("Endpoint=smtp://localhost;Password=s3cret")]
    [InlineData("Endpoint=smtp://localhost;Pasword=s3cret")]
    [InlineData("Endpoint=smtp://localhost;Username=ada;Password=s3cret;Tls=maybe")]
    [InlineData("Endpoint=smtp://localhost;s3cret")]
    public async Task AWrongOneStopsTheStartNamesItselfAndShowsNoPassword(string text)
    {
        using var host = MailHost.Build(text);
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("ConnectionStrings:mail", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Expected", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task AMissingOneStopsTheStartAndNamesItself(string? text)
    {
        using var host = MailHost.Build(text);
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("ConnectionStrings:mail is not set", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void TheTextFormHoldsNoPassword() =>
        Assert.Equal("mail:25", SmtpConnectionString.Parse("smtp://ada:s3cret@mail").ToString());
}
