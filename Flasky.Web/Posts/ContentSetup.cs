using Flasky.Web.Account;
using Flasky.Web.Admin;
using Flasky.Web.Comments;
using Flasky.Web.Layout;
using Flasky.Web.Users;

namespace Flasky.Web.Posts;

/// <summary>What the pages about posts, comments and people need.</summary>
internal static class ContentSetup
{
    public static void AddContent(this IServiceCollection services)
    {
        services.AddOptions<PageSizes>().BindConfiguration(PageSizes.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<PostWriter>();
        services.AddScoped<OwnPosts>();
        services.AddScoped<CommentWriter>();
        services.AddScoped<Following>();
        services.AddScoped<AccountEditing>();
        services.AddScoped<IPersonalData, PostData>();
        services.AddScoped<IPersonalData, CommentData>();
        services.AddScoped<IPersonalData, FollowData>();
    }
}
