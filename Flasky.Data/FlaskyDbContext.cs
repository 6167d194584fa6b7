using Flasky.Data.Comments;
using Flasky.Data.Follows;
using Flasky.Data.Keys;
using Flasky.Data.Notifications;
using Flasky.Data.Outbox;
using Flasky.Data.Posts;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Data;

/// <summary>Flasky's database: accounts and what they write, the keys that every process shares, and the outbox of jobs.</summary>
public sealed class FlaskyDbContext(DbContextOptions<FlaskyDbContext> options) : IdentityDbContext<User, Role, int>(options)
{
    /// <summary>The unique index on addresses; it decides between two registrations at the same moment.</summary>
    public const string EmailIndex = "EmailIndex";

    /// <summary>The unique index on user names, without case.</summary>
    public const string UserNameIndex = "UserNameIndex";

    /// <summary>Posts, and drafts of them.</summary>
    public DbSet<Post> Posts => Set<Post>();

    /// <summary>Comments on posts.</summary>
    public DbSet<Comment> Comments => Set<Comment>();

    /// <summary>Who follows whom.</summary>
    public DbSet<Follow> Follows => Set<Follow>();

    /// <summary>The key ring of ASP.NET Core Data Protection.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Where people are signed in.</summary>
    public DbSet<UserSession> UserSessions => Set<UserSession>();

    /// <summary>What stands for people at the API.</summary>
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddOutbox();
        builder.AddPosts();
        builder.AddComments();
        builder.AddFollows();
        builder.AddAccountSecurity();
        builder.AddNotifications();
        builder.AddApiTokens();
        builder.Entity<DataProtectionKey>().ToTable("DataProtectionKeys");
        builder.Entity<User>(user =>
        {
            user.ToTable("Users");
            user.Property(u => u.UserName).HasMaxLength(User.MaxLength).IsRequired();
            user.Property(u => u.NormalizedUserName).HasMaxLength(User.MaxLength).IsRequired();
            user.Property(u => u.Email).HasMaxLength(User.MaxLength).IsRequired();
            user.Property(u => u.NormalizedEmail).HasMaxLength(User.MaxLength).IsRequired();
            user.Property(u => u.Name).HasMaxLength(User.MaxLength);
            user.Property(u => u.Location).HasMaxLength(User.MaxLength);
            user.Property(u => u.AboutMe).HasMaxLength(User.MaxAboutMeLength);
            user.HasIndex(u => new { u.MemberSince, u.Id }).IsDescending();
            user.HasIndex(u => u.NormalizedEmail).HasDatabaseName(EmailIndex).IsUnique();
            user.HasIndex(u => u.NormalizedUserName).HasDatabaseName(UserNameIndex).IsUnique();
        });
        builder.Entity<Role>(role =>
        {
            role.ToTable("Roles");
            role.Property(r => r.Name).HasMaxLength(User.MaxLength).IsRequired();
            role.Property(r => r.NormalizedName).HasMaxLength(User.MaxLength).IsRequired();
            role.HasIndex(r => r.IsDefault).HasFilter("\"IsDefault\"").IsUnique();
        });
        builder.Entity<IdentityUserRole<int>>().ToTable("UserRoles");
        builder.Entity<IdentityUserClaim<int>>().ToTable("UserClaims");
        builder.Entity<IdentityUserLogin<int>>().ToTable("UserLogins");
        builder.Entity<IdentityUserToken<int>>().ToTable("UserTokens");
        builder.Entity<IdentityRoleClaim<int>>().ToTable("RoleClaims");
    }
}
