namespace Flasky.Jobs;

/// <summary>How far a running job is.</summary>
/// <param name="Fraction">From 0 to 1.</param>
/// <param name="Message">What it does just now; at most 500 characters are kept. Null: it did not say.</param>
public sealed record JobProgress(double Fraction, string? Message = null);
