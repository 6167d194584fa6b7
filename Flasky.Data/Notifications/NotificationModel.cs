using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Notifications;

internal static class NotificationModel
{
    public static void AddNotifications(this ModelBuilder builder) => builder.Entity<NotificationSettings>(settings =>
    {
        settings.ToTable("NotificationSettings");
        settings.HasKey(s => s.UserId);
        settings.Property(s => s.UserId).ValueGeneratedNever();
        settings.HasOne(s => s.User).WithOne().HasForeignKey<NotificationSettings>(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    });
}
