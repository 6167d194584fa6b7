using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Tokens;

internal static class ApiTokenModel
{
    public static void AddApiTokens(this ModelBuilder builder) => builder.Entity<ApiToken>(token =>
    {
        token.ToTable("ApiTokens");
        token.Property(t => t.Name).HasMaxLength(ApiToken.MaxNameLength);
        token.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        token.HasIndex(t => t.Hash).IsUnique();
        // For a user's list, and the deletion of a user.
        token.HasIndex(t => new { t.UserId, t.CreatedAt, t.Id }).IsDescending(false, true, true);
    });
}
