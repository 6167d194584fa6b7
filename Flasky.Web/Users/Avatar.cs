using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Flasky.Web.Users;

/// <summary>
/// Pictures made of a number that belongs to a user, in place of a service that would learn who reads whom. The number comes from
/// the user's id alone: a hash of the address, as such services want it, can be guessed back.
/// </summary>
internal static class Avatar
{
    /// <summary>The address of a user's picture, in every size.</summary>
    public static string PathOf(int userId)
    {
        Span<byte> id = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(id, userId);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, hash);
        return $"/avatar/{Convert.ToHexStringLower(hash[..8])}.svg";
    }

    /// <summary>Serves the pictures, which are computed from their address and never change.</summary>
    public static void MapAvatars(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/avatar/{seed:length(16)}.svg", static (string seed, HttpContext context) =>
    {
        if (!ulong.TryParse(seed, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text(Svg(number), "image/svg+xml", Encoding.UTF8);
    }).ShortCircuit();

    /// <summary>Five by five fields, the left half mirrored, in one of 360 hues.</summary>
    private static string Svg(ulong seed)
    {
        var hue = seed % 360;
        var fields = new StringBuilder();
        for (var bit = 0; bit < 15; bit++)
        {
            if ((seed >> (bit + 16) & 1) == 0)
                continue;
            var (x, y) = (bit / 5, bit % 5);
            fields.Append(CultureInfo.InvariantCulture, $"M{x + 1} {y + 1}h1v1h-1z");
            if (x < 2)
                fields.Append(CultureInfo.InvariantCulture, $"M{5 - x} {y + 1}h1v1h-1z");
        }
        return $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7"><path fill="hsl({hue} 45% 88%)" d="M0 0h7v7H0z"/><path fill="hsl({hue} 50% 38%)" shape-rendering="crispEdges" d="{fields}"/></svg>""";
    }
}
