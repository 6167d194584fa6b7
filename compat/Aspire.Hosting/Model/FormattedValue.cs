namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is escaped for its place in an expression.</summary>
internal sealed class FormattedValue(IValueProvider inner, string expression) : IExpressionValue
{
    private const string UriFormat = "uri";

    public string ValueExpression => expression;

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        await inner.GetValueAsync(cancellationToken) is { } value ? Uri.EscapeDataString(value) : null;

    internal static object Of<T>(T value, string? format)
        where T : IValueProvider, IManifestExpressionProvider => format switch
        {
            null => value,
            UriFormat => new FormattedValue(value, value.ValueExpression),
            _ => throw new FormatException($"Expressions have no format '{format}'; there is only '{UriFormat}'."),
        };
}
