namespace Flasky.Jobs.Testing.Memory;

/// <param name="Id">The job that is in the queue now.</param>
/// <param name="As">What the enqueue came to.</param>
internal sealed record Added(Guid Id, AddedAs As);

/// <summary>What an enqueue came to.</summary>
internal enum AddedAs
{
    Job,

    /// <summary>A debounced job that waits has new arguments now.</summary>
    Replacement,

    /// <summary>There is one already.</summary>
    Nothing,
}
