using System.Net.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Emails;

/// <summary>Registers what e-mails are made from.</summary>
public static class EmailRegistration
{
    /// <summary>
    /// Adds <see cref="EmailOptions"/>, <see cref="SiteOptions"/> and <see cref="SiteLinks"/>. The process does not start
    /// when a setting is missing or wrong; the message names its path.
    /// </summary>
    public static IHostApplicationBuilder AddFlaskyEmails(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<EmailOptions>()
            .BindConfiguration(EmailOptions.Section)
            .Validate(o => IsMailbox(o.Sender), $"{EmailOptions.Section}:{nameof(EmailOptions.Sender)} must be set to an address such as 'Flasky <flasky@example.com>'.")
            .Validate(o => o.ReplyTo is null || IsMailbox(o.ReplyTo), $"{EmailOptions.Section}:{nameof(EmailOptions.ReplyTo)} must be an address such as 'Help <help@example.com>', or not be set.")
            .Validate(o => o.SubjectPrefix is not null && !o.SubjectPrefix.Any(char.IsControl), $"{EmailOptions.Section}:{nameof(EmailOptions.SubjectPrefix)} must not hold control characters.")
            .ValidateOnStart();
        builder.Services.AddOptions<SiteOptions>()
            .BindConfiguration(SiteOptions.Section)
            .Validate(o => o.IsValid, SiteOptions.Refusal)
            .ValidateOnStart();
        builder.Services.AddSingleton<SiteLinks>();
        return builder;
    }

    private static bool IsMailbox(string text) => MailAddress.TryCreate(text, out _) && !text.Any(char.IsControl);
}
