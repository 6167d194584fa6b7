using System.Collections.Immutable;
using Flasky.Mailbox.Smtp;

namespace Flasky.Mailbox;

/// <summary>
/// What goes wrong, as a test scripts it: <c>server.Faults.At(SmtpStage.Rcpt).To("a@b.c").Times(2).Reply(451, "4.3.0 Later")</c>.
/// At each stage the matching faults apply in the order in which they were added: delays and gates one after the other,
/// until a reply or a dropped connection ends the stage. Safe for concurrent use, also while sessions run.
/// </summary>
public sealed class SmtpFaults
{
    private readonly TimeProvider time;
    private ImmutableArray<SmtpFault> faults = [];

    internal SmtpFaults(TimeProvider time) => this.time = time;

    /// <summary>Begins a fault that applies at one of <paramref name="stages"/>; at all of them if none is given.</summary>
    public SmtpFaultBuilder At(params SmtpStage[] stages) => new(this, time, stages);

    /// <summary>Removes all faults; sessions held at a gate go on.</summary>
    public void Clear()
    {
        foreach (var fault in faults) fault.Dispose();
    }

    internal void Add(SmtpFault fault) => ImmutableInterlocked.Update(ref faults, (all, added) => all.Add(added), fault);

    internal void Remove(SmtpFault fault) => ImmutableInterlocked.Update(ref faults, (all, removed) => all.Remove(removed), fault);

    internal ValueTask<FaultOutcome> ApplyAsync(SmtpSession session)
    {
        var all = faults;
        return all.IsEmpty ? ValueTask.FromResult(FaultOutcome.None) : ApplyAsync(all, session);
    }

    private static async ValueTask<FaultOutcome> ApplyAsync(ImmutableArray<SmtpFault> all, SmtpSession session)
    {
        var info = session.Snapshot();
        foreach (var fault in all)
        {
            if (!fault.Takes(info)) continue;
            var outcome = await fault.ActAsync(session);
            if (outcome != FaultOutcome.None) return outcome;
        }
        return FaultOutcome.None;
    }
}
