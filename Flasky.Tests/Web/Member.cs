using Flasky.Data.Comments;
using Flasky.Data.Posts;
using Flasky.Web.Comments;
using Flasky.Web.Posts;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

/// <summary>Somebody with an account, who can also be made to write without the pages, where they are not what is tested.</summary>
public sealed class Member(Site site, Browser browser, int id, string name) : IDisposable
{
    public Browser Browser => browser;

    public int Id => id;

    public string Name => name;

    public async Task<Post> WriteAsync(string body, bool isDraft = false, params string[] tags)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PostWriter>().WriteAsync(id, body, tags, isDraft, TestContext.Current.CancellationToken);
    }

    public async Task<Comment> CommentAsync(Post post, string body)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<CommentWriter>().WriteAsync(post.Id, id, body, TestContext.Current.CancellationToken))!;
    }

    public void Dispose() => browser.Dispose();
}
