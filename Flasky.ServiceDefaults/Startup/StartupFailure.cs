using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Flasky.ServiceDefaults.Startup;

/// <summary>A failure that a person can mend without reading a stack trace.</summary>
/// <param name="Messages">One line each.</param>
/// <param name="ExitCode">See <see cref="FlaskyHost"/>.</param>
internal sealed record StartupFailure(IReadOnlyList<string> Messages, int ExitCode)
{
    /// <summary>Puts an error into words.</summary>
    /// <param name="error">What ended the program.</param>
    /// <param name="database">The configuration path of the database's connection string. Null: unknown.</param>
    /// <returns>Null for an error nobody foresaw.</returns>
    internal static StartupFailure? Explain(Exception error, string? database) => Chain(error) switch
    {
        var chain when chain.OfType<OptionsValidationException>().ToList() is { Count: > 0 } invalid =>
            new([.. invalid.SelectMany(static e => e.Failures)], FlaskyHost.ConfigurationError),
        var chain when chain.Any(static e => e is AddressInUseException) =>
            new([$"{chain.OfType<IOException>().First().Message} Stop the program that listens there, or set ASPNETCORE_URLS."], FlaskyHost.Unavailable),
        var chain when chain.OfType<DbException>().FirstOrDefault() is { } refused =>
            new([$"the database cannot be used: {Words(refused)}{(database is null ? "" : $" (see {database})")}"],
                refused.SqlState is null ? FlaskyHost.Unavailable : FlaskyHost.ConfigurationError),
        _ => null,
    };

    private static List<Exception> Chain(Exception error)
    {
        var chain = new List<Exception>();
        for (var e = error; e is not null; e = e.InnerException)
        {
            chain.Add(e);
            if (e is AggregateException all)
            {
                chain.AddRange(all.InnerExceptions.SelectMany(Chain));
                break;
            }
        }
        return chain;
    }

    private static string Words(DbException e) =>
        e.InnerException is { } inner && !e.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{e.Message}: {inner.Message}" : e.Message;
}
