using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Flasky.Mailbox.Web;

/// <summary>
/// Markup that is safe to send: <see cref="From"/> encodes every value put into an interpolated string, unless it is
/// <see cref="Html"/> itself. What a message says can so never become markup of the page.
/// </summary>
internal readonly struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    /// <summary>Takes the literal parts as markup and encodes the rest; values in attributes stand in double quotes.</summary>
    public static Html From(Template template) => new(template.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts));

    public override string ToString() => markup ?? "";

    /// <summary>The compiler calls it for each piece of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Template(int literalLength, int holes)
    {
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
        private readonly StringBuilder text = new(literalLength + (holes * 16));

        public void AppendLiteral(string markup) => text.Append(markup);

        public void AppendFormatted(Html html) => text.Append(html.markup);

        public void AppendFormatted(string? value) => text.Append(Encoder.Encode(value ?? ""));

        public void AppendFormatted(long value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

        public override string ToString() => text.ToString();
    }
}
