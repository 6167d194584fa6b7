using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Flasky.Web.Account;

/// <summary>Draws QR codes as SVG, here and not in a script or at somebody else's server: what is in them is secret.</summary>
internal static class QrCode
{
    /// <param name="text">What a phone reads.</param>
    /// <param name="label">What a screen reader says.</param>
    public static IHtmlContent Svg(string text, string label)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                var start = x;
                while (x < rows[y].Length && rows[y][x])
                {
                    x++;
                }
                if (x > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h{start - x}z");
                }
            }
        }
        // Dark on light in both themes: many phones read it no other way.
        return new HtmlString(string.Create(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {rows.Count} {rows.Count}\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{rows.Count}v{rows.Count}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"));
    }
}
