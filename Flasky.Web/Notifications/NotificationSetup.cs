using Flasky.Web.Account;

namespace Flasky.Web.Notifications;

/// <summary>What the pages about notifications need, on top of what Flasky.Data registers.</summary>
internal static class NotificationSetup
{
    public static void AddNotifications(this IServiceCollection services) => services.AddScoped<IPersonalData, NotificationData>();
}
