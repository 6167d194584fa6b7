namespace Flasky.Jobs;

/// <summary>
/// The arguments of a job: a small, JSON-serialisable record marked with <see cref="JobAttribute"/>.
/// </summary>
/// <example><code>
/// [Job("mail.confirm-account", Queue = "mail")]
/// public sealed record ConfirmAccount(int UserId) : IJob;
/// </code></example>
public interface IJob;
