namespace Flasky.Emails;

/// <summary>What all e-mails have in common. Configuration section <c>Flasky:Email</c>.</summary>
public sealed class EmailOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Flasky:Email";

    /// <summary>Stands before every subject. Default: <c>[Flasky] </c>. Empty: nothing does.</summary>
    public string SubjectPrefix { get; set; } = "[Flasky] ";

    /// <summary>Whom e-mails come from: <c>Flasky &lt;flasky@example.com&gt;</c> or an address alone. Must be set.</summary>
    public string Sender { get; set; } = "";

    /// <summary>Where answers go, in the same form. Null: to the sender.</summary>
    public string? ReplyTo { get; set; }
}
