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

    /// <summary>The same with the last form that goes to <paramref name="action"/>, or to an address that starts so.</summary>
    public async Task<string> SendAsync(string page, string action, params (string Name, string Value)[] fields) =>
        await ReadAsync(await PostAsync(page, form => form.Contains($"action=\"{action}", StringComparison.Ordinal), fields));

    /// <summary>The same with the last form that goes to a handler of the page.</summary>
    public async Task<string> PressAsync(string page, string handler, params (string Name, string Value)[] fields) =>
        await ReadAsync(await PostAsync(page, form => form.Contains($"handler={handler}\"", StringComparison.Ordinal), fields));

    /// <summary>The same as <see cref="SubmitAsync"/>, without following what comes back.</summary>
    public Task<HttpResponseMessage> PostAsync(string page, params (string Name, string Value)[] fields) => PostAsync(page, _ => true, fields);

    /// <summary>Sends fields somewhere else than the last form of a page wants them, with that form's token.</summary>
    public async Task<HttpResponseMessage> PostToAsync(string page, string path, params (string Name, string Value)[] fields) =>
        await PostFieldsAsync(path, Token(await OpenAsync(page), ^1), fields);

    /// <summary>The status of what is at a path, without following it.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return response.StatusCode;
    }

    /// <summary>Opens a page, fills in the last of its forms that are wanted, and sends it, without following what comes back.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, Func<string, bool> wanted, (string Name, string Value)[] fields)
    {
        var html = await OpenAsync(page);
        var form = FormTag().Matches(html).Last(tag => wanted(tag.Value));
        var action = ActionAttribute().Match(form.Value) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups["path"].Value) : Path;
        return await PostFieldsAsync(action, Token(html[form.Index..], 0), fields);
    }

    public Task<string> RegisterAsync(string name, string? email = null, string password = Password, string? again = null) => SubmitAsync("/auth/register",
        ("Input.Email", email ?? $"{name}@example.com"), ("Input.UserName", name), ("Input.Password", password), ("Input.PasswordAgain", again ?? password));

    public Task<string> LogInAsync(string name, string? next = null, string password = Password) => SubmitAsync(
        next is null ? "/auth/login" : $"/auth/login?next={Uri.EscapeDataString(next)}", ("Input.Email", $"{name}@example.com"), ("Input.Password", password));

    /// <summary>Shows the password once more, and comes to a page that asks for it.</summary>
    public Task<string> ShowPasswordAsync(string page, string password = Password) => SubmitAsync($"/auth/again?next={Uri.EscapeDataString(page)}", ("Password", password));

    public void Dispose() => http.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<HttpResponseMessage> PostFieldsAsync(string path, string token, (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
    }

    private static string Token(string html, Index index) => WebUtility.HtmlDecode(TokenField().Matches(html)[index].Groups["token"].Value);

    private async Task<string> ReadAsync(HttpResponseMessage response)
    {
        while (response.Headers.Location is { } location)
        {
            response = await http.GetAsync(location, Cancel);
        }
        Path = response.RequestMessage!.RequestUri!.PathAndQuery;
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancel));
    }

    // Those that only a script can send are not for this browser.
    [GeneratedRegex("<form(?![^>]*data-passkey)[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex FormTag();

    [GeneratedRegex("action=\"(?<path>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex ActionAttribute();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex TokenField();
}
