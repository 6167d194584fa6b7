using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Flasky.Emails;

/// <summary>Markup that is safe to send: what an interpolation puts into it has been encoded, unless it was markup itself.</summary>
public readonly struct Html : IEquatable<Html>
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    /// <summary>The markup of an interpolated string, with every value encoded.</summary>
    public static Html Of(Encoder markup) => new(markup.Text.ToString());

    /// <summary>A text, encoded, whose lines stay lines.</summary>
    public static Html Lines(string text) => new(WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br>\n", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => markup ?? "";

    /// <inheritdoc/>
    public bool Equals(Html other) => string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Html other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    public static bool operator ==(Html left, Html right) => left.Equals(right);

    public static bool operator !=(Html left, Html right) => !left.Equals(right);

    /// <summary>What the compiler turns an interpolated string into; takes texts, links and markup only.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Encoder(int literalLength, int formattedCount)
    {
        internal StringBuilder Text { get; } = new(literalLength + (formattedCount * 32));

        public void AppendLiteral(string markup) => Text.Append(markup);

        public void AppendFormatted(string text) => Text.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(Uri link) => AppendFormatted(link.AbsoluteUri);

        public void AppendFormatted(Html markup) => Text.Append(markup);
    }
}
