namespace Flasky.Web.Posts;

/// <summary>All that a list of posts shows of one, read in one statement with the others.</summary>
public sealed record PostView
{
    public required int Id { get; init; }

    public required string Body { get; init; }

    public required string BodyHtml { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Null: never since it was published.</summary>
    public required DateTimeOffset? EditedAt { get; init; }

    public required bool IsDraft { get; init; }

    public required string[] Tags { get; init; }

    public required int AuthorId { get; init; }

    public required string AuthorName { get; init; }

    public required int CommentCount { get; init; }
}
