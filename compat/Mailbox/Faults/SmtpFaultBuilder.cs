namespace Flasky.Mailbox;

/// <summary>
/// A fault in the making: first the conditions, all of which must hold, then the one action, which puts the fault in
/// force. Not safe for concurrent use.
/// </summary>
public sealed class SmtpFaultBuilder
{
    private readonly SmtpFaults faults;
    private readonly TimeProvider time;
    private readonly FaultMatch match;

    internal SmtpFaultBuilder(SmtpFaults faults, TimeProvider time, SmtpStage[] stages)
    {
        this.faults = faults;
        this.time = time;
        match = new FaultMatch(stages);
    }

    /// <summary>Only for this recipient (in any case): at RCPT the one being asked for, later any of the envelope's.</summary>
    public SmtpFaultBuilder To(string recipient) => When(info =>
        info.Stage == SmtpStage.Rcpt
            ? Same(info.Recipients[^1], recipient)
            : info.Recipients.Any(each => Same(each, recipient)));

    /// <summary>Only for this sender (in any case); empty for the null sender.</summary>
    public SmtpFaultBuilder From(string sender) => When(info => info.Sender is not null && Same(info.Sender, sender));

    /// <summary>Only where <paramref name="condition"/> holds. It must be quick and safe for concurrent use.</summary>
    public SmtpFaultBuilder When(Func<SmtpSessionInfo, bool> condition)
    {
        match.Conditions.Add(condition);
        return this;
    }

    /// <summary>Not the first <paramref name="count"/> times that the conditions hold.</summary>
    public SmtpFaultBuilder Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        match.Skip = count;
        return this;
    }

    /// <summary>Only <paramref name="count"/> times, then never again. Default: always.</summary>
    public SmtpFaultBuilder Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        match.Left = count;
        return this;
    }

    /// <summary>Only at the <paramref name="number"/>th time, counted from 1.</summary>
    public SmtpFaultBuilder Nth(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return Skip(number - 1).Times(1);
    }

    /// <summary>
    /// Only with this probability (0 to 1). The seed fixes the sequence of hits and misses; which session meets which of
    /// them depends on the order in which they come.
    /// </summary>
    public SmtpFaultBuilder WithProbability(double probability, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        match.Probability = probability;
        match.Random = new Random(seed);
        return this;
    }

    /// <summary>
    /// Answers with this reply instead of handling the stage. 421 then closes the connection, and so does any reply at
    /// <see cref="SmtpStage.Connect"/> and <see cref="SmtpStage.Content"/>. At <see cref="SmtpStage.Accepted"/> the
    /// message is kept although its client hears otherwise.
    /// </summary>
    /// <param name="code">200 to 599; 4xx asks to try again, 5xx is final.</param>
    /// <param name="text">Follows the code; usually begins with an enhanced status code such as 4.3.0.</param>
    public SmtpFault Reply(int code, string text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 599);
        if (text.AsSpan().ContainsAny('\r', '\n')) throw new ArgumentException("A reply's text is one line.", nameof(text));
        return Enforce(new ReplyFault(faults, match, time, code, text));
    }

    /// <summary>Waits before the stage is handled; further faults may follow.</summary>
    public SmtpFault Delay(TimeSpan delay) => Enforce(new DelayFault(faults, match, time, delay));

    /// <summary>Holds the session before the stage is handled, until the gate is opened; further faults may follow.</summary>
    public SmtpGate Hold() => Enforce(new SmtpGate(faults, match, time));

    /// <summary>Closes the connection without a word; replies that are still due from earlier commands are sent first.</summary>
    public SmtpFault Drop() => Enforce(new DropFault(faults, match, time, reset: false));

    /// <summary>Resets the connection (TCP RST); replies not sent yet are lost.</summary>
    public SmtpFault Reset() => Enforce(new DropFault(faults, match, time, reset: true));

    private T Enforce<T>(T fault)
        where T : SmtpFault
    {
        faults.Add(fault);
        return fault;
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
