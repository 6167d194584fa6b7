using Flasky.Data;
using Flasky.Data.Limits;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Account;

/// <summary>Deletes sessions and API tokens that nobody can use any more, and attempts that limit nothing. Every replica does; that is harmless.</summary>
internal sealed partial class AccountSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<AccountSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The next one takes what this one left.
                LogFailed(logger, e);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FlaskyDbContext>();
        var now = time.GetUtcNow();
        var over = now - UserSession.Lifetime;
        await db.UserSessions.Where(s => s.LastUsedAt < over).ExecuteDeleteAsync(cancellationToken);
        await db.SweepTokensAsync(now, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<AttemptLimits>().SweepAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Ended sessions, dead tokens and old attempts were not deleted")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
