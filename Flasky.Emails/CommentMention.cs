namespace Flasky.Emails;

/// <summary>A comment as e-mails tell of it.</summary>
public sealed record CommentMention
{
    /// <summary>The user name of who wrote it.</summary>
    public required string Author { get; init; }

    /// <summary>Its text, in Markdown; shown as it was typed.</summary>
    public required string Body { get; init; }

    /// <summary>The user name of who wrote the post.</summary>
    public required string PostAuthor { get; init; }

    /// <summary>When the post was published; shown to the day, in UTC.</summary>
    public required DateTimeOffset PostedAt { get; init; }

    /// <summary>Where it can be read.</summary>
    public required Uri Link { get; init; }
}
