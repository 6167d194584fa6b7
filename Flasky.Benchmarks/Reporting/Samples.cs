namespace Flasky.Benchmarks.Reporting;

/// <summary>Measurements of all rounds, by name.</summary>
internal sealed class Samples
{
    private readonly Dictionary<string, List<double>> byName = [];

    public void Add(string name, double value)
    {
        if (!byName.TryGetValue(name, out var values))
            byName.Add(name, values = []);
        values.Add(value);
    }

    /// <summary>Whether it was measured.</summary>
    public bool Has(string name) => byName.ContainsKey(name);

    public double Median(string name) => Percentile(byName[name], 50);

    public double Percentile(string name, double percent) => Percentile(byName[name], percent);

    /// <summary>The median of the rounds' ratios: both halves of a round saw the same machine.</summary>
    public double Ratio(string name, string bound) =>
        Percentile([.. byName[name].Zip(byName[bound], (ours, least) => ours / least)], 50);

    /// <summary>The median of the rounds' ratios to another's figure of the same name.</summary>
    public double Ratio(string name, Samples other) =>
        Percentile([.. byName[name].Zip(other.byName[name], (ours, theirs) => ours / theirs)], 50);

    public static double Percentile(IReadOnlyCollection<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            return double.NaN;
        var rank = percent / 100 * (sorted.Length - 1);
        var below = (int)rank;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((rank - below) * (sorted[above] - sorted[below]));
    }
}
