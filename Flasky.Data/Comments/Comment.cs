using Flasky.Data.Posts;
using Flasky.Data.Users;

namespace Flasky.Data.Comments;

/// <summary>What somebody says to a post.</summary>
public sealed class Comment
{
    /// <summary>Longest <see cref="Body"/>, in characters.</summary>
    public const int MaxBodyLength = 4000;

    /// <summary>The row's number.</summary>
    public int Id { get; init; }

    /// <summary>The id of the post.</summary>
    public int PostId { get; init; }

    /// <summary>The post; goes, and its comments with it. Null: not loaded.</summary>
    public Post? Post { get; init; }

    /// <summary>Its author's id.</summary>
    public int AuthorId { get; init; }

    /// <summary>Its author. Null: not loaded.</summary>
    public User? Author { get; init; }

    /// <summary>The text, in Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>The text as safe HTML.</summary>
    public required string BodyHtml { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Whether a moderator has hidden its text, which then only moderators are shown.</summary>
    public bool IsDisabled { get; set; }
}
