using System.Text.Json;

namespace Flasky.Tests.Web;

/// <summary>What <c>EXPLAIN (ANALYZE, FORMAT JSON)</c> says of a statement that was run.</summary>
internal sealed class QueryPlan(JsonElement root)
{
    /// <summary>The indexes that were used.</summary>
    public IReadOnlyList<string> Indexes =>
        [.. Nodes(root).Where(node => Rounds(node) > 0).Select(node => Text(node, "Index Name")).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>How many posts were looked at, whether or not they were wanted. Those that only an index was asked about do not count.</summary>
    public double PostsRead => Nodes(root).Where(node => Text(node, "Relation Name") == "Posts" && Text(node, "Node Type") != "Index Only Scan")
        .Sum(node => Rounds(node) * (Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck")));

    /// <summary>How many entries of posts were read from indexes that say all that was asked.</summary>
    public double EntriesRead => Nodes(root).Where(node => Text(node, "Relation Name") == "Posts" && Text(node, "Node Type") == "Index Only Scan")
        .Sum(node => Rounds(node) * Number(node, "Actual Rows"));

    public override string ToString() => root.GetRawText();

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        [node, .. node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(Nodes) : []];

    private static double Rounds(JsonElement node) => Number(node, "Actual Loops");

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
