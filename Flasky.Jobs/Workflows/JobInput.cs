using System.Text.Json;

namespace Flasky.Jobs;

/// <summary>What one job before this one in a workflow came to.</summary>
public sealed class JobInput
{
    private readonly JsonSerializerOptions serializer;

    internal JobInput(WorkflowJob job, string? result, JsonSerializerOptions serializer) => (Job, Result, this.serializer) = (job, result, serializer);

    /// <summary>The job, and how it ended.</summary>
    public WorkflowJob Job { get; }

    /// <summary>Its result as JSON. Null: it has none, or did not succeed.</summary>
    public string? Result { get; }

    /// <summary>Its result.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    /// <exception cref="JsonException">It is not of this type.</exception>
    public T As<T>() => Result is null
        ? throw new InvalidOperationException($"Job {Job.Name} {Job.Id} has no result: it ended as {Job.State.ToString().ToLowerInvariant()}{(Job.Error is { } error ? $" ({error})" : "")}.")
        : (T)JsonSerializer.Deserialize(Result, serializer.GetTypeInfo(typeof(T)))!;
}
