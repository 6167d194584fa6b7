using System.Text.RegularExpressions;
using Flasky.Data;
using Flasky.Data.Follows;
using Flasky.Data.Users;

namespace Flasky.Web.Users;

/// <summary>The lists of users, for pages and the API alike.</summary>
internal static partial class UserQueries
{
    /// <summary>The user of this name, without case. What cannot be a name is nobody's.</summary>
    public static IQueryable<User> UserNamed(this FlaskyDbContext db, string name)
    {
        var normalized = Name().IsMatch(name) ? name.ToUpperInvariant() : "";
        return db.Users.Where(user => user.NormalizedUserName == normalized);
    }

    /// <summary>Who follows a user, newest first.</summary>
    public static IQueryable<Follow> FollowersOf(this FlaskyDbContext db, int userId) =>
        db.Follows.Where(follow => follow.FollowedId == userId).OrderByDescending(follow => follow.Timestamp).ThenByDescending(follow => follow.FollowerId);

    /// <summary>Whom a user follows, newest first.</summary>
    public static IQueryable<Follow> FollowedBy(this FlaskyDbContext db, int userId) =>
        db.Follows.Where(follow => follow.FollowerId == userId).OrderByDescending(follow => follow.Timestamp).ThenByDescending(follow => follow.FollowedId);

    /// <summary>Reads what a profile shows, in one statement.</summary>
    /// <param name="readerId">Null: a stranger.</param>
    public static IQueryable<ProfileView> ToProfiles(this IQueryable<User> users, FlaskyDbContext db, int? readerId) => users.Select(user => new ProfileView
    {
        Id = user.Id,
        UserName = user.UserName!,
        Email = user.Email!,
        Name = user.Name,
        Location = user.Location,
        AboutMe = user.AboutMe,
        MemberSince = user.MemberSince,
        LastSeen = user.LastSeen,
        PostCount = db.Posts.Count(post => post.AuthorId == user.Id && !post.IsDraft),
        FollowerCount = db.Follows.Count(follow => follow.FollowedId == user.Id),
        FollowedCount = db.Follows.Count(follow => follow.FollowerId == user.Id),
        IsFollowed = db.Follows.Any(follow => follow.FollowerId == readerId && follow.FollowedId == user.Id),
        FollowsReader = db.Follows.Any(follow => follow.FollowerId == user.Id && follow.FollowedId == readerId),
    });

    [GeneratedRegex(User.UserNamePattern, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
