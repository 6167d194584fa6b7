using System.Globalization;
using Flasky.Data;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Commands;

/// <summary><c>seed</c>: people, all with the password "password", who write, comment and follow. More of everything each time.</summary>
internal static class SeedCommand
{
    private const string Password = "password";
    private const int Most = 10_000_000;

    /// <summary>Null: the options cannot be read.</summary>
    public static Command? Parse(ReadOnlySpan<string> options)
    {
        var (users, posts, comments, follows) = (100, 100, 200, 300);
        for (; options.Length >= 2; options = options[2..])
        {
            if (!int.TryParse(options[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > Most)
                return null;
            switch (options[0])
            {
                case "--users":
                    users = count;
                    break;
                case "--posts":
                    posts = count;
                    break;
                case "--comments":
                    comments = count;
                    break;
                case "--follows":
                    follows = count;
                    break;
                default:
                    return null;
            }
        }
        return options.Length == 0 ? context => SeedAsync(context, users, posts, comments, follows) : null;
    }

    private static async Task<int> SeedAsync(CommandContext context, int users, int posts, int comments, int follows)
    {
        if (context.Get<IHostEnvironment>().IsProduction())
        {
            return await context.RefuseAsync("Everybody knows the password of these accounts, so they are not made in Production. Set DOTNET_ENVIRONMENT to Development to try the site.");
        }
        var db = context.Get<FlaskyDbContext>();
        if (await db.Roles.SingleOrDefaultAsync(role => role.IsDefault) is not { } role)
        {
            return await context.RefuseAsync("There are no roles yet. Run 'migrate' first.");
        }
        var data = new SeedData(db, context.Get<TimeProvider>().GetUtcNow());
        // Hashed here, since no account may be given such a password; and once: hashing is slow on purpose, and there is no secret to keep.
        await data.AddUsersAsync(role.Id, context.Get<IPasswordHasher<User>>().HashPassword(new User(), Password), users);
        var people = await data.NewestUsersAsync(users);
        if (people.Count == 0 && posts + comments > 0)
        {
            return await context.RefuseAsync("There is nobody to write: take --users of at least 1.");
        }
        await data.AddPostsAsync(people, posts);
        var written = await data.NewestPostsAsync(posts);
        if (written.Count == 0 && comments > 0)
        {
            return await context.RefuseAsync("There is nothing to comment on: take --posts of at least 1, or --comments 0.");
        }
        await data.AddCommentsAsync(people, written, comments);
        follows = await data.AddFollowsAsync(people, follows);
        await context.Output.WriteLineAsync(
            $"There are {users} more users, each with the password \"{Password}\", {posts} more posts, {comments} more comments and {follows} more follows.");
        return 0;
    }
}
