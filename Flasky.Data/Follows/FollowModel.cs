using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Follows;

internal static class FollowModel
{
    public static void AddFollows(this ModelBuilder builder) => builder.Entity<Follow>(follow =>
    {
        follow.ToTable("Follows", table => table.HasCheckConstraint("CK_Follows_NotOneself", """ "FollowerId" <> "FollowedId" """.Trim()));
        follow.HasKey(f => new { f.FollowerId, f.FollowedId });
        follow.HasOne(f => f.Follower).WithMany().HasForeignKey(f => f.FollowerId).OnDelete(DeleteBehavior.Cascade);
        follow.HasOne(f => f.Followed).WithMany().HasForeignKey(f => f.FollowedId).OnDelete(DeleteBehavior.Cascade);
        follow.HasIndex(f => new { f.FollowerId, f.Timestamp, f.FollowedId }).IsDescending(false, true, true);
        follow.HasIndex(f => new { f.FollowedId, f.Timestamp, f.FollowerId }).IsDescending(false, true, true);
    });
}
