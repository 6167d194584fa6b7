using Microsoft.AspNetCore.Hosting;

namespace Flasky.Tests.Web;

/// <summary>A site with short pages of comments, which shows that their size is a setting.</summary>
public sealed class CommentSite(Servers servers) : Site(servers)
{
    public const int PageSize = 3;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Flasky:PageSize:Comments", $"{PageSize}");
    }
}

/// <summary>A site with short pages of posts and people.</summary>
public sealed class ShortPageSite(Servers servers) : Site(servers)
{
    public const int PageSize = 2;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Flasky:PageSize:Posts", $"{PageSize}");
        builder.UseSetting("Flasky:PageSize:Followers", $"{PageSize}");
    }
}
