using System.Net;
using System.Text.RegularExpressions;

namespace Flasky.Tests.Web;

/// <summary>A person with cookies and without scripts, who follows redirects and fills in forms.</summary>
public sealed partial class Browser(HttpClient http) : IDisposable
{
    public const string Password = "correct horse battery";

    public HttpClient Http => http;

    /// <summary>The path that the last answer came from.</summary>
    public string Path { get; private set; } = "";

    public async Task<string> OpenAsync(string path) => await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative), Cancel));

    /// <summary>Opens the page at <paramref name="page"/>, fills in its last form, and sends it where the form says.</summary>
    public async Task<string> SubmitAsync(string page, params (string Name, string Value)[] fields)
    {
        var response = await PostAsync(page, fields);
        return await ReadAsync(response);
    }

    /// <summary>The same, without following what comes back.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, params (string Name, string Value)[] fields)
    {
        var html = await OpenAsync(page);
        var form = FormTag().Matches(html)[^1];
        var action = ActionAttribute().Match(form.Value) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups["path"].Value) : Path;
        var token = WebUtility.HtmlDecode(TokenField().Match(html[form.Index..]).Groups["token"].Value);
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await http.PostAsync(new Uri(action, UriKind.Relative), content, Cancel);
    }

    public Task<string> RegisterAsync(string name, string? email = null, string password = Password, string? again = null) => SubmitAsync("/auth/register",
        ("Input.Email", email ?? $"{name}@example.com"), ("Input.UserName", name), ("Input.Password", password), ("Input.PasswordAgain", again ?? password));

    public Task<string> LogInAsync(string name, string? next = null, string password = Password) => SubmitAsync(
        next is null ? "/auth/login" : $"/auth/login?next={Uri.EscapeDataString(next)}", ("Input.Email", $"{name}@example.com"), ("Input.Password", password));

    public void Dispose() => http.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> ReadAsync(HttpResponseMessage response)
    {
        while (response.Headers.Location is { } location)
        {
            response = await http.GetAsync(location, Cancel);
        }
        Path = response.RequestMessage!.RequestUri!.PathAndQuery;
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancel));
    }

    [GeneratedRegex("<form[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex FormTag();

    [GeneratedRegex("action=\"(?<path>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex ActionAttribute();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex TokenField();
}
