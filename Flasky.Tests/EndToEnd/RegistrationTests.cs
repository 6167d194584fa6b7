using System.Text.RegularExpressions;

namespace Flasky.Tests.EndToEnd;

[Collection(nameof(FlaskySystem))]
public sealed partial class RegistrationTests(FlaskySystem system)
{
    [Fact]
    public async Task ARegisteredUserConfirmsByTheMailedLink()
    {
        using var visitor = system.NewVisitor();
        var name = Visitor.NewName();
        var email = await visitor.RegisterAsync(name);

        var mail = await system.Mail.WaitForMessageAsync(message => message.Recipients.Contains(email), TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken);

        Assert.Equal("[Flasky] Confirm Your Account", mail.Subject);
        var link = ConfirmationLink().Match(mail.Text).Value;
        Assert.StartsWith(new Uri(system.WebAddress, "/auth/confirm/").ToString(), link, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(link), mail.Html, StringComparison.Ordinal);
        await visitor.LogInAsync(email);
        Assert.Contains("confirmed your account", await visitor.GetAsync(link), StringComparison.Ordinal);
        Assert.Contains(name, await visitor.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AForgottenPasswordIsResetByTheMailedLink()
    {
        const string password = "seven purple staples";
        using var visitor = system.NewVisitor();
        var email = await visitor.RegisterAsync(Visitor.NewName());
        await visitor.SubmitAsync("/auth/reset", ("Input.Email", email));
        var mail = await system.Mail.WaitForMessageAsync(
            message => message.Recipients.Contains(email) && message.Subject == "[Flasky] Reset Your Password", TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken);

        var link = new Uri(ResetLink().Match(mail.Text).Value);
        await visitor.SubmitAsync(link.AbsolutePath, ("Input.Password", password), ("Input.PasswordAgain", password));
        Assert.Contains("do not belong together", await visitor.LogInAsync(email), StringComparison.Ordinal);
        Assert.Contains("have not confirmed your account", await visitor.SubmitAsync("/auth/login", ("Input.Email", email), ("Input.Password", password)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoTelemetryShowsTheTokenOfALink()
    {
        var token = $"secret{Guid.NewGuid():N}";
        using var visitor = system.NewVisitor();
        await visitor.GetAsync($"/auth/confirm/{token}");
        var marker = $"/{Guid.NewGuid():N}";
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(system.WebAddress, marker), TestContext.Current.CancellationToken);

        await system.Telemetry.WaitForTraceAsync(spans => spans.Any(span => span.Attributes.GetValueOrDefault("url.path") == marker),
            TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Contains(system.Telemetry.Spans, span => span.Attributes.GetValueOrDefault("url.path")?.StartsWith("/auth/confirm/{token", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(token, string.Join('\n', system.Telemetry.Spans.SelectMany(
            span => span.Attributes, (span, attribute) => $"{span.Name}: {attribute.Key} = {attribute.Value}")), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"https?://\S+/auth/reset/\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResetLink();

    [GeneratedRegex(@"https?://\S+/auth/confirm/\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConfirmationLink();
}
