using System.Globalization;
using Bogus;
using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Data.Users;
using Flasky.Web.Writing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Commands;

/// <summary><c>seed</c>: people, all with the password "password", and posts of theirs. More of them each time.</summary>
internal static class SeedCommand
{
    private const string Password = "password";
    private const int Batch = 1000;
    private const int Most = 10_000_000;
    private static readonly string[] Tags = ["dotnet", "food", "travel", "books", "music", "garden", "photo", "slow-life"];

    /// <summary>Null: the options cannot be read.</summary>
    public static Command? Parse(ReadOnlySpan<string> options)
    {
        var (users, posts) = (100, 100);
        for (; options.Length >= 2; options = options[2..])
        {
            if (!int.TryParse(options[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > Most)
                return null;
            if (options[0] == "--users")
                users = count;
            else if (options[0] == "--posts")
                posts = count;
            else
                return null;
        }
        return options.Length == 0 ? context => SeedAsync(context, users, posts) : null;
    }

    private static async Task<int> SeedAsync(CommandContext context, int users, int posts)
    {
        if (context.Get<IHostEnvironment>().IsProduction())
        {
            return await context.RefuseAsync("Everybody knows the password of these accounts, so they are not made in Production. Set DOTNET_ENVIRONMENT to Development to try the site.");
        }
        var db = context.Get<FlaskyDbContext>();
        var now = context.Get<TimeProvider>().GetUtcNow();
        if (await db.Roles.SingleOrDefaultAsync(role => role.IsDefault) is not { } role)
        {
            return await context.RefuseAsync("There are no roles yet. Run 'migrate' first.");
        }
        await AddUsersAsync(db, role.Id, context.Get<IPasswordHasher<User>>(), users, now);
        var authors = await db.Users.OrderByDescending(user => user.Id).Select(user => user.Id).Take(Math.Max(users, Batch)).ToListAsync();
        if (authors.Count == 0 && posts > 0)
        {
            return await context.RefuseAsync("There is nobody to write the posts: take --users of at least 1.");
        }
        await AddPostsAsync(db, authors, posts, now);
        await context.Output.WriteLineAsync($"There are {users} more users, each with the password \"{Password}\", and {posts} more posts.");
        return 0;
    }

    private static async Task AddUsersAsync(FlaskyDbContext db, int role, IPasswordHasher<User> hasher, int count, DateTimeOffset now)
    {
        // Hashed here, since no account may be given such a password; and once: hashing is slow on purpose, and there is no secret to keep.
        var hash = hasher.HashPassword(new User(), Password);
        var faker = new Faker();
        var next = await db.Users.MaxAsync(user => (int?)user.Id) ?? 0;
        await InBatchesAsync(db, count, () =>
        {
            var name = $"{PlainText.Cut(Letters(faker.Name.FirstName()) + "." + Letters(faker.Name.LastName()), 40)}{++next}";
            var email = $"{name}@example.com";
            var since = faker.Date.PastOffset(3, now).ToUniversalTime();
            var user = new User
            {
                UserName = name,
                NormalizedUserName = name.ToUpperInvariant(),
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                EmailConfirmed = true,
                PasswordHash = hash,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                Name = faker.Name.FullName(),
                Location = faker.Address.City(),
                AboutMe = faker.Lorem.Sentence(),
                MemberSince = since,
                LastSeen = faker.Date.BetweenOffset(since, now).ToUniversalTime(),
            };
            db.Users.Add(user);
            // Through the key that the database gives: the row of the role follows its user.
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = db.Entry(user).Property(u => u.Id).CurrentValue, RoleId = role });
        });
    }

    private static Task AddPostsAsync(FlaskyDbContext db, List<int> authors, int count, DateTimeOffset now)
    {
        var faker = new Faker();
        return InBatchesAsync(db, count, () =>
        {
            var body = faker.Random.Bool(0.3f)
                ? $"{faker.Lorem.Paragraph()}\n\n> {faker.Lorem.Sentence()}\n\n{faker.Lorem.Sentence()} **{faker.Lorem.Word()}** *{faker.Lorem.Word()}*."
                : faker.Lorem.Sentences(faker.Random.Int(1, 5), " ");
            db.Posts.Add(new Post
            {
                AuthorId = faker.PickRandom(authors),
                Body = body,
                BodyHtml = Markup.PostHtml(body),
                Tags = [.. faker.PickRandom(Tags, faker.Random.Int(0, 2))],
                Timestamp = faker.Date.PastOffset(2, now).ToUniversalTime(),
            });
        });
    }

    private static async Task InBatchesAsync(FlaskyDbContext db, int count, Action add)
    {
        for (var i = 1; i <= count; i++)
        {
            add();
            if (i % Batch == 0 || i == count)
            {
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
        }
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetter));
}
