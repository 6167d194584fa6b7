using Flasky.Data.Limits;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Users;

/// <summary>The tables that keep accounts safe: sessions, passkeys and counted attempts.</summary>
internal static class AccountSecurityModel
{
    public static void AddAccountSecurity(this ModelBuilder builder)
    {
        builder.Entity<User>().Property(user => user.PendingEmail).HasMaxLength(User.MaxLength);
        // As Identity's own third schema has it, which would also narrow columns that have nothing to do with passkeys.
        builder.Entity<IdentityUserPasskey<int>>(passkey =>
        {
            passkey.ToTable("UserPasskeys");
            passkey.HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024);
            passkey.OwnsOne(p => p.Data).ToJson();
            passkey.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<UserSession>(session =>
        {
            session.ToTable("UserSessions");
            session.Property(s => s.Id).ValueGeneratedNever();
            session.Property(s => s.Device).HasMaxLength(UserSession.MaxDeviceLength);
            session.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
            session.HasIndex(s => s.LastUsedAt);
        });
        builder.Entity<AttemptCount>(count =>
        {
            count.ToTable(AttemptCount.Table);
            count.HasKey(c => c.Key);
            count.Property(c => c.Key).HasColumnName("key");
            count.Property(c => c.FreeAt).HasColumnName("free_at");
            count.HasIndex(c => c.FreeAt);
        });
    }
}
