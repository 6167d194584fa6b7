using Flasky.Data;
using Flasky.Web.Account;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Users;

/// <summary>Whom a user follows and by whom the user is followed, by name.</summary>
internal sealed class FollowData(FlaskyDbContext db) : IPersonalData
{
    public string Name => "follows";

    public async Task<object> ReadAsync(int userId, CancellationToken cancellationToken) => new
    {
        Following = await db.Follows.Where(follow => follow.FollowerId == userId).OrderBy(follow => follow.Timestamp)
            .Select(follow => new { follow.Followed!.UserName, follow.Timestamp }).ToListAsync(cancellationToken),
        Followers = await db.Follows.Where(follow => follow.FollowedId == userId).OrderBy(follow => follow.Timestamp)
            .Select(follow => new { follow.Follower!.UserName, follow.Timestamp }).ToListAsync(cancellationToken),
    };
}
