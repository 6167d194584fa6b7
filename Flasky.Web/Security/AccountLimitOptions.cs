using Flasky.Data.Limits;

namespace Flasky.Web.Security;

/// <summary>How often what concerns accounts may be tried. Configuration section <c>Flasky:Limits</c>.</summary>
public sealed class AccountLimitOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Flasky:Limits";

    /// <summary>Passwords for one address from one client. Default: 5, then one a minute.</summary>
    public AttemptLimit Login { get; set; } = new() { Burst = 5, Every = TimeSpan.FromMinutes(1) };

    /// <summary>Passwords for one address from everywhere; higher, so that a stranger cannot easily lock somebody out. Default: 50, then one a minute.</summary>
    public AttemptLimit LoginPerAddress { get; set; } = new() { Burst = 50, Every = TimeSpan.FromMinutes(1) };

    /// <summary>Passwords for all addresses from one client, which may be a whole school. Default: 100, then one in 6 seconds.</summary>
    public AttemptLimit LoginPerClient { get; set; } = new() { Burst = 100, Every = TimeSpan.FromSeconds(6) };

    /// <summary>New accounts from one client. Default: 20, then one in 3 minutes.</summary>
    public AttemptLimit RegisterPerClient { get; set; } = new() { Burst = 20, Every = TimeSpan.FromMinutes(3) };

    /// <summary>Mails that somebody asks to be sent to one address. Default: 4, then one in 10 minutes.</summary>
    public AttemptLimit MailPerAddress { get; set; } = new() { Burst = 4, Every = TimeSpan.FromMinutes(10) };

    /// <summary>Mails that one client asks for. Default: 20, then one a minute.</summary>
    public AttemptLimit MailPerClient { get; set; } = new() { Burst = 20, Every = TimeSpan.FromMinutes(1) };

    /// <summary>Codes of two-step login, and passwords asked for again, of one user. Default: 5, then one a minute.</summary>
    public AttemptLimit CheckPerUser { get; set; } = new() { Burst = 5, Every = TimeSpan.FromMinutes(1) };

    internal bool IsValid => Array.TrueForAll(
        [Login, LoginPerAddress, LoginPerClient, RegisterPerClient, MailPerAddress, MailPerClient, CheckPerUser], limit => limit is { IsValid: true });
}
