using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flasky.Benchmarks.Web.Servers;

/// <summary>Somebody with an account, who signs in as a browser does, and to the API as its clients do.</summary>
/// <param name="Cookies">The header line of a signed-in browser that has chosen to see followed people only.</param>
/// <param name="ApiToken">The header line of a client of the API. Null: the site has no API.</param>
internal sealed partial record Reader(string Cookies, string? ApiToken)
{
    public const string Name = "reader";
    public const string Email = "reader@example.com";
    public const string Password = "benchmarks read a lot";

    public static async Task<Reader> SignInAsync(Uri site, CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = cookies };
        using var http = new HttpClient(handler) { BaseAddress = site };
        var form = await http.GetStringAsync(new Uri("/auth/login", UriKind.Relative), cancellationToken);
        using var fields = new FormUrlEncodedContent(
        [
            new("Input.Email", Email), new("Input.Password", Password),
            new("__RequestVerificationToken", Token().Match(form).Groups["value"].Value),
        ]);
        using var answer = await http.PostAsync(new Uri("/auth/login", UriKind.Relative), fields, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var home = await http.GetStringAsync(new Uri("/followed", UriKind.Relative), cancellationToken);
        return home.Contains($"Hello, {Name}!", StringComparison.Ordinal)
            ? new Reader($"Cookie: {cookies.GetCookieHeader(site)}", await ApiTokenAsync(http, cancellationToken))
            : throw new InvalidOperationException($"{Email} could not log in to the site.");
    }

    private static async Task<string?> ApiTokenAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/tokens/", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Base64($"{Email}:{Password}"));
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await http.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return $"Authorization: Basic {Base64($"{body.RootElement.GetProperty("token").GetString()}:")}";
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
