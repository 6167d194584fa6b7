namespace Flasky.Jobs;

/// <summary>
/// The arguments of a job: a small, JSON-serialisable record marked with <see cref="JobAttribute"/>.
/// </summary>
/// <example><code>
/// [Job("mail.confirm-account", Queue = "mail")]
/// public sealed record ConfirmAccount(int UserId) : IJob;
/// </code></example>
public interface IJob;

/// <summary>
/// A job whose handler returns something. It is always tracked, so that any process can wait for the result; see
/// <see cref="JobHandle{TResult}"/>.
/// </summary>
/// <typeparam name="TResult">What comes back, as JSON. Keep it small; large results belong in storage.</typeparam>
public interface IJob<TResult> : IJob;
