namespace Flasky.Web.Users;

/// <summary>What a profile shows of a user.</summary>
public sealed record ProfileView
{
    public required int Id { get; init; }

    public required string UserName { get; init; }

    /// <summary>For administrators only.</summary>
    public required string Email { get; init; }

    /// <summary>Null: not told.</summary>
    public required string? Name { get; init; }

    /// <summary>Null: not told.</summary>
    public required string? Location { get; init; }

    /// <summary>Null: not told.</summary>
    public required string? AboutMe { get; init; }

    public required DateTimeOffset MemberSince { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Drafts do not count.</summary>
    public required int PostCount { get; init; }

    public required int FollowerCount { get; init; }

    public required int FollowedCount { get; init; }

    /// <summary>Whether the reader follows the user.</summary>
    public required bool IsFollowed { get; init; }

    /// <summary>Whether the user follows the reader.</summary>
    public required bool FollowsReader { get; init; }
}
