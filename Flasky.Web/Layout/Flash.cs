using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Flasky.Web.Layout;

/// <summary>The tone of a message.</summary>
public enum FlashKind
{
    /// <summary>Something was done.</summary>
    Success,

    /// <summary>Something to know.</summary>
    Note,

    /// <summary>Something did not work.</summary>
    Problem,
}

/// <summary>A message on the next page that the user sees, whichever redirects lie in between; then it is gone.</summary>
public sealed record Flash(FlashKind Kind, string Text)
{
    /// <summary>The cookie that carries the messages.</summary>
    public const string Cookie = "Flasky.Flash";

    private const string Key = "Flash";

    /// <summary>Adds a message.</summary>
    public static void Add(ITempDataDictionary tempData, FlashKind kind, string text) =>
        tempData[Key] = (tempData.Peek(Key) as string[] ?? []).Append($"{(int)kind}{text}").ToArray();

    /// <summary>The messages for this page, which are thereby shown.</summary>
    public static IReadOnlyList<Flash> Take(HttpRequest request, ITempDataDictionary tempData)
    {
        // Looking into TempData makes the response delete its cookie, whether there was one or not.
        var lines = request.Cookies.ContainsKey(Cookie) ? tempData[Key] as string[] : null;
        return [.. (lines ?? []).Select(line => new Flash((FlashKind)(line[0] - '0'), line[1..]))];
    }
}
