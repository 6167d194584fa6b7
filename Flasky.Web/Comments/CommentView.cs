namespace Flasky.Web.Comments;

/// <summary>All that a list of comments shows of one.</summary>
public sealed record CommentView
{
    public required int Id { get; init; }

    public required int PostId { get; init; }

    /// <summary>Null: the text is hidden from this reader.</summary>
    public required string? Body { get; init; }

    /// <summary>Null: the text is hidden from this reader.</summary>
    public required string? BodyHtml { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required bool IsDisabled { get; init; }

    public required int AuthorId { get; init; }

    public required string AuthorName { get; init; }
}
