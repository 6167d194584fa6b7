using Flasky.Data.Limits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Security;

/// <summary>
/// What a request may try that concerns accounts. Each method counts the attempt before it is made, for addresses that have
/// an account and for those that have none alike, and returns null or how long to wait.
/// </summary>
public sealed class AccountLimits(AttemptLimits attempts, IOptions<AccountLimitOptions> options, ILookupNormalizer normalizer, IHttpContextAccessor http)
{
    private const string LoginAction = "login";
    private const string CheckAction = "check";

    // Longer than a code or a challenge is valid.
    private static readonly AttemptLimit Once = new() { Burst = 1, Every = TimeSpan.FromMinutes(10) };

    private readonly AccountLimitOptions options = options.Value;

    /// <summary>A password for an address.</summary>
    public async Task<TimeSpan?> LoginAsync(string email, CancellationToken cancellationToken)
    {
        var address = normalizer.NormalizeEmail(email);
        return await attempts.TakeAsync(options.LoginPerClient, "login-client", Client, cancellationToken)
            ?? await attempts.TakeAsync(options.Login, LoginAction, Person(address), cancellationToken)
            ?? await attempts.TakeAsync(options.LoginPerAddress, "login-address", address, cancellationToken);
    }

    /// <summary>Forgets the wrong passwords of a person who has logged in.</summary>
    public Task LoggedInAsync(string email, CancellationToken cancellationToken) =>
        attempts.ForgetAsync(LoginAction, Person(normalizer.NormalizeEmail(email)), cancellationToken);

    /// <summary>A new account.</summary>
    public Task<TimeSpan?> RegisterAsync(CancellationToken cancellationToken) =>
        attempts.TakeAsync(options.RegisterPerClient, "register", Client, cancellationToken);

    /// <summary>A mail to an address.</summary>
    public async Task<TimeSpan?> MailAsync(string email, CancellationToken cancellationToken) =>
        await attempts.TakeAsync(options.MailPerClient, "mail-client", Client, cancellationToken)
        ?? await attempts.TakeAsync(options.MailPerAddress, "mail", normalizer.NormalizeEmail(email), cancellationToken);

    /// <summary>A code, or a password asked for again.</summary>
    public Task<TimeSpan?> CheckAsync(int userId, CancellationToken cancellationToken) =>
        attempts.TakeAsync(options.CheckPerUser, CheckAction, $"{userId}", cancellationToken);

    /// <summary>Forgets the wrong ones of a user who gave the right one.</summary>
    public Task CheckedAsync(int userId, CancellationToken cancellationToken) => attempts.ForgetAsync(CheckAction, $"{userId}", cancellationToken);

    /// <summary>Whether something that may be used once, a code or the answer to a challenge, is used for the first time.</summary>
    public async Task<bool> UseAsync(string what, CancellationToken cancellationToken) =>
        await attempts.TakeAsync(Once, "use", what, cancellationToken) is null;

    private string Client => ClientNetwork.Of(http.HttpContext!);

    private string Person(string address) => $"{Client} {address}";
}
