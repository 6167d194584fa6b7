using System.Net;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Guide;

[Job("guide.charge")]
public sealed record ChargeAccount(int AccountId) : IJob;

public interface IBank
{
    Task<HttpStatusCode> ChargeAsync(int accountId, Guid key, CancellationToken cancellationToken);
}

public sealed class ChargeAccountHandler(IBank bank) : IJobHandler<ChargeAccount>
{
    public async Task HandleAsync(ChargeAccount job, JobContext context, CancellationToken cancellationToken)
    {
        // The id is the same on every attempt: the bank does nothing twice.
        switch (await bank.ChargeAsync(job.AccountId, context.Id.Value, cancellationToken))
        {
            case HttpStatusCode.OK:
                return;
            case HttpStatusCode.NotFound:
                throw new JobDiscardedException($"There is no account {job.AccountId}.");
            case HttpStatusCode.TooManyRequests:
                throw new JobRetryException(TimeSpan.FromSeconds(30), "The bank asks us to come again.");
            case HttpStatusCode.Locked:
                throw new JobSnoozedException(TimeSpan.FromHours(1), "The account is closed for the night.");
            case var status:
                throw new HttpRequestException($"The bank says {status}.", inner: null, status);
        }
    }
}

/// <summary>The code of docs/retries.md.</summary>
public static class RetriesExample
{
    public static void Configure(JobWorkerBuilder worker) =>
        worker.Handle<ChargeAccount, ChargeAccountHandler>(charge =>
        {
            charge.MaxAttempts = 5;
            charge.RetryDelay = TimeSpan.FromSeconds(1);                // a random time up to 1 s, 2 s, 4 s, ...
            charge.MaxRetryDelay = TimeSpan.FromMinutes(1);             // but never more than this
            charge.Timeout = TimeSpan.FromSeconds(20);                  // then the token is cancelled
            charge.HardTimeout = TimeSpan.FromSeconds(30);              // then the attempt has failed, whatever the handler does
            charge.On<HttpRequestException>((error, run) => error.StatusCode == HttpStatusCode.BadRequest ? FailureAction.Discard : null);
            charge.On<TimeoutException>(FailureAction.RetryAfter(TimeSpan.FromSeconds(5)));
        });

    public static void ConfigureAll(JobWorkerBuilder worker) =>
        worker.Configure(options =>
        {
            options.MaxAttempts = 10;
            options.MaxDeliveries = 5;
            options.DeadCapacity = 10_000;
        });
}
