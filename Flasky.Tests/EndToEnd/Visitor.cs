using System.Net;
using System.Text.RegularExpressions;

namespace Flasky.Tests.EndToEnd;

/// <summary>Somebody with a browser without scripts and an address of its own: follows forms and keeps cookies.</summary>
public sealed partial class Visitor : IDisposable
{
    private static int count;

    private readonly HttpClient client;

    public Visitor(Uri site)
    {
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }, disposeHandler: true) { BaseAddress = site };
        // As if each came over a proxy of its own: the limits of one client are not for all of them.
        var number = Interlocked.Increment(ref count);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.18.{number / 256}.{number % 256}");
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {response.StatusCode}\n{page}");
        return page;
    }

    /// <summary>Fills in the form on a page and sends it; follows where it leads.</summary>
    public async Task<string> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        var token = AntiforgeryToken().Match(await GetAsync(path)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {response.StatusCode}\n{page}");
        return page;
    }

    /// <summary>Registers, and returns the new user's address.</summary>
    public async Task<string> RegisterAsync(string userName)
    {
        var email = $"{userName}@example.com";
        await SubmitAsync("/auth/register",
            ("Input.Email", email), ("Input.UserName", userName), ("Input.Password", Password), ("Input.PasswordAgain", Password));
        return email;
    }

    public Task<string> LogInAsync(string email) =>
        SubmitAsync("/auth/login", ("Input.Email", email), ("Input.Password", Password));

    public const string Password = "correct horse battery staple";

    public static string NewName() => $"u{Guid.NewGuid():N}"[..20];

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AntiforgeryToken();
}
