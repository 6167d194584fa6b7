using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Flasky.Mailbox.Web;

/// <summary>The page's own style, script and picture, embedded in the assembly.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this WebApplication app)
    {
        Map(app, "mailbox.css", "text/css; charset=utf-8");
        Map(app, "mailbox.js", "text/javascript; charset=utf-8");
        Map(app, "mailbox.svg", "image/svg+xml");
    }

    private static void Map(WebApplication app, string name, string contentType) => app.MapGet(
        "/" + name,
        (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            var asset = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
            return Results.Stream(asset ?? throw new InvalidOperationException($"{name} is not embedded."), contentType);
        });
}
