using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with holes that are filled in when the values are known. Immutable.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>The empty text.</summary>
    public static readonly ReferenceExpression Empty = new([]);

    // A part is literal text or a value provider.
    private readonly IReadOnlyList<object> parts;

    internal ReferenceExpression(IReadOnlyList<object> parts) => this.parts = parts;

    /// <summary>The values that fill the holes, in order.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders => [.. parts.OfType<IValueProvider>()];

    /// <inheritdoc />
    public string ValueExpression => string.Concat(parts.Select(part => part as string ?? ((IManifestExpressionProvider)part).ValueExpression));

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>Makes an expression of an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.ToExpression();

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part as string ?? await ((IValueProvider)part).GetValueAsync(cancellationToken));
        }

        return text.ToString();
    }

    /// <summary>What the compiler turns an interpolated string into.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly List<object> parts = new(literalLength + formattedCount > 0 ? formattedCount * 2 + 1 : 0);

        /// <summary>Adds literal text.</summary>
        public readonly void AppendLiteral(string value) => parts.Add(value);

        /// <summary>Adds text that is already known.</summary>
        public readonly void AppendFormatted(string? value) => parts.Add(value ?? "");

        /// <summary>Adds a value that is known later; the format <c>uri</c> escapes it for a URI.</summary>
        public readonly void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider => parts.Add(FormattedValue.Of(valueProvider, format));

        /// <summary>Adds a resource's value; the format <c>uri</c> escapes it for a URI.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider => parts.Add(FormattedValue.Of(valueProvider.Resource, format));

        internal readonly ReferenceExpression ToExpression() => new([.. parts]);
    }
}

/// <summary>Builds a <see cref="ReferenceExpression" /> piece by piece. Not thread-safe.</summary>
public class ReferenceExpressionBuilder
{
    private readonly List<object> parts = [];

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => parts.Count == 0;

    /// <summary>Adds literal text.</summary>
    public void AppendLiteral(string value) => parts.Add(value);

    /// <summary>Adds text that is already known.</summary>
    public void AppendFormatted(string? value) => parts.Add(value ?? "");

    /// <summary>Adds a value that is known later.</summary>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => parts.Add(valueProvider);

    /// <summary>The expression made of what was added so far.</summary>
    public ReferenceExpression Build() => new([.. parts]);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{parts.Count} parts");
}
