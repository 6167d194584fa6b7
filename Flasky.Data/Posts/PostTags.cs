using System.Text;

namespace Flasky.Data.Posts;

/// <summary>How tags are spelled: lower case, letters, digits and inner hyphens, at most <see cref="MaxLength"/> characters.</summary>
public static class PostTags
{
    /// <summary>The most tags of one post.</summary>
    public const int MaxCount = 5;

    /// <summary>Longest tag, in characters.</summary>
    public const int MaxLength = 32;

    /// <summary>Reads tags as people write them: between commas, spaces or both, with or without <c>#</c>, each once.</summary>
    /// <returns>The tags in their order. Null: there are too many, or one is too long or has other characters.</returns>
    public static string[]? Parse(string? text)
    {
        string[] tags = [.. (text ?? "").Split([',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Normalize).Distinct(StringComparer.Ordinal)];
        return tags.Length <= MaxCount && Array.TrueForAll(tags, IsTag) ? tags : null;
    }

    /// <summary>The spelling under which a tag is kept; what is no tag stays none.</summary>
    public static string Normalize(string tag) => tag.TrimStart('#').Normalize(NormalizationForm.FormC).ToLowerInvariant();

    private static bool IsTag(string tag) =>
        tag.Length is > 0 and <= MaxLength && tag[0] != '-' && tag[^1] != '-' && tag.All(c => char.IsLetterOrDigit(c) || c == '-');
}
