using Flasky.Data.Users;
using NpgsqlTypes;

namespace Flasky.Data.Posts;

/// <summary>A post, or the draft of one.</summary>
public sealed class Post
{
    /// <summary>Longest <see cref="Body"/>, in characters.</summary>
    public const int MaxBodyLength = 20_000;

    /// <summary>The row's number, and the post's address.</summary>
    public int Id { get; init; }

    /// <summary>Its author's id.</summary>
    public int AuthorId { get; init; }

    /// <summary>Its author; goes, and the post with it. Null: not loaded.</summary>
    public User? Author { get; init; }

    /// <summary>The text, in Markdown.</summary>
    public required string Body { get; set; }

    /// <summary>The text as safe HTML, made when it was written.</summary>
    public required string BodyHtml { get; set; }

    /// <summary>When it was published; of a draft, when it was last saved.</summary>
    public DateTimeOffset Timestamp { get; set; }

    /// <summary>When its text was last changed after it was published. Null: never.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>Whether only its author sees it.</summary>
    public bool IsDraft { get; set; }

    /// <summary>Its tags, as <see cref="PostTags"/> spells them. An array in the row: no list of posts needs another statement for them.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>What the full-text search looks at; the database keeps it.</summary>
    public NpgsqlTsVector SearchVector { get; private set; } = null!;
}
