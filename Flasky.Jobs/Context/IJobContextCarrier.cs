namespace Flasky.Jobs;

/// <summary>
/// Carries one value of the surroundings in which a job is enqueued (the tenant, say) to the surroundings in which it runs.
/// A singleton, called from many threads at once. Register it with <see cref="JobContextBuilder.Carry{TCarrier}"/>.
/// </summary>
public interface IJobContextCarrier
{
    /// <summary>
    /// The value's name on the wire and in <see cref="JobContext.Carried"/>: 1 to 64 lower-case letters, digits, <c>.</c>,
    /// <c>-</c> or <c>_</c>, starting with a letter. Always the same.
    /// </summary>
    string Name { get; }

    /// <summary>
    /// Reads the value where a job is created. Whatever it throws, the enqueue throws.
    /// </summary>
    /// <returns>The value; null or empty: nothing is carried, except that a job enqueued inside a job passes on what that job carries.</returns>
    string? Capture();

    /// <summary>
    /// Puts the value in place before the handler is resolved. It came through Redis, so check it. Called in every attempt, and
    /// only when there is a value. Throwing keeps the handler from running without it and counts as a failed attempt.
    /// </summary>
    /// <param name="value">What <see cref="Capture"/> returned; never empty.</param>
    /// <param name="services">The scope that the handler is resolved from.</param>
    /// <returns>Undoes it when the handler is done. Null: there is nothing to undo.</returns>
    IDisposable? Restore(string value, IServiceProvider services);
}
