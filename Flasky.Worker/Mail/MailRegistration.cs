using Flasky.Emails;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flasky.Worker.Mail;

/// <summary>Registers the mail half of the worker.</summary>
internal static class MailRegistration
{
    /// <summary>
    /// Adds everything that handlers need to send e-mail over the connection string <c>mail</c>. The process does not
    /// start when a setting is missing or wrong; the message names its path.
    /// </summary>
    public static IHostApplicationBuilder AddFlaskyMail(this IHostApplicationBuilder builder)
    {
        builder.AddFlaskyEmails();
        builder.RequireConnectionString(SmtpConnectionString.Name, "Endpoint=smtp://localhost:1025");
        builder.Services.AddSingleton(services =>
        {
            // reading the options checks the connection string too, and fails as any wrong setting does
            _ = services.GetRequiredService<IOptions<SmtpOptions>>().Value;
            return SmtpConnectionString.Read(services.GetRequiredService<IConfiguration>())!;
        });
        builder.Services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpConnectionStringValidator>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SmtpConnectionPool>();
        builder.Services.AddSingleton<MailSender>();
        builder.Services.AddSingleton<MailComposer>();
        builder.Services.AddHostedService<StaleConnectionCloser>();
        return builder;
    }
}
