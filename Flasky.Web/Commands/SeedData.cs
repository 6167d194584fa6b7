using Bogus;
using Flasky.Data;
using Flasky.Data.Comments;
using Flasky.Data.Posts;
using Flasky.Data.Users;
using Flasky.Web.Writing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Commands;

/// <summary>Makes rows of invented content, a thousand at a time.</summary>
internal sealed class SeedData(FlaskyDbContext db, DateTimeOffset now)
{
    /// <summary>Rows that are written at once, and at least so many of the newest users and posts that further rows are spread over.</summary>
    private const int Batch = 1000;

    private static readonly string[] Tags = ["dotnet", "food", "travel", "books", "music", "garden", "photo", "slow-life"];

    private readonly Faker faker = new();

    /// <summary>The newest users, who write, comment and follow.</summary>
    public Task<List<Person>> NewestUsersAsync(int count) => db.Users.OrderByDescending(user => user.Id)
        .Take(Math.Max(count, Batch)).Select(user => new Person(user.Id, user.MemberSince)).ToListAsync();

    /// <summary>The newest published posts, which are commented on.</summary>
    public Task<List<Written>> NewestPostsAsync(int count) => db.Posts.Where(post => !post.IsDraft).OrderByDescending(post => post.Id)
        .Take(Math.Max(count, Batch)).Select(post => new Written(post.Id, post.Timestamp)).ToListAsync();

    public async Task AddUsersAsync(int role, string passwordHash, int count)
    {
        var next = await db.Users.MaxAsync(user => (int?)user.Id) ?? 0;
        await InBatchesAsync(count, () =>
        {
            var (first, last) = (faker.Name.FirstName(), faker.Name.LastName());
            var name = $"{PlainText.Cut(Letters(first) + "." + Letters(last), 40)}{++next}";
            var email = $"{name}@example.com";
            var since = faker.Date.PastOffset(3, now).ToUniversalTime();
            var user = new User
            {
                UserName = name,
                NormalizedUserName = name.ToUpperInvariant(),
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                EmailConfirmed = true,
                PasswordHash = passwordHash,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                Name = $"{first} {last}",
                Location = faker.Address.City(),
                AboutMe = faker.Lorem.Sentence(),
                MemberSince = since,
                LastSeen = Between(since),
            };
            db.Users.Add(user);
            // Through the key that the database gives: the row of the role follows its user.
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = db.Entry(user).Property(u => u.Id).CurrentValue, RoleId = role });
        });
    }

    public Task AddPostsAsync(List<Person> authors, int count) => InBatchesAsync(count, () =>
    {
        var author = faker.PickRandom(authors);
        var body = faker.Random.Bool(0.3f)
            ? $"{faker.Lorem.Paragraph()}\n\n> {faker.Lorem.Sentence()}\n\n{faker.Lorem.Sentence()} **{faker.Lorem.Word()}** *{faker.Lorem.Word()}*."
            : faker.Lorem.Sentences(faker.Random.Int(1, 5), " ");
        db.Posts.Add(new Post
        {
            AuthorId = author.Id,
            Body = body,
            BodyHtml = Markup.PostHtml(body),
            Tags = [.. faker.PickRandom(Tags, faker.Random.Int(0, 2))],
            Timestamp = Between(author.Since),
        });
    });

    public Task AddCommentsAsync(List<Person> authors, List<Written> posts, int count) => InBatchesAsync(count, () =>
    {
        var (author, post) = (faker.PickRandom(authors), faker.PickRandom(posts));
        var body = faker.Lorem.Sentences(faker.Random.Int(1, 2), " ");
        db.Comments.Add(new Comment
        {
            PostId = post.Id,
            AuthorId = author.Id,
            Body = body,
            BodyHtml = Markup.CommentHtml(body),
            Timestamp = Between(Later(author.Since, post.At)),
        });
    });

    /// <returns>How many there are more: fewer than asked for only where hardly anybody is left to follow.</returns>
    public async Task<int> AddFollowsAsync(List<Person> people, int count)
    {
        var (added, rows) = (0, people.Count);
        for (; added < count && rows > 0; added += rows)
        {
            var pairs = Enumerable.Range(0, Batch)
                .Select(_ => (Follower: faker.PickRandom(people), Followed: faker.PickRandom(people))).Where(pair => pair.Follower != pair.Followed).ToList();
            var (followers, followed) = (pairs.ConvertAll(pair => pair.Follower.Id), pairs.ConvertAll(pair => pair.Followed.Id));
            var since = pairs.ConvertAll(pair => Between(Later(pair.Follower.Since, pair.Followed.Since)));
            rows = await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Follows" ("FollowerId", "FollowedId", "Timestamp")
                SELECT follower, followed, since FROM unnest({followers}, {followed}, {since}) AS pair (follower, followed, since)
                WHERE NOT EXISTS (SELECT FROM "Follows" f WHERE f."FollowerId" = follower AND f."FollowedId" = followed)
                LIMIT {count - added} ON CONFLICT DO NOTHING
                """);
        }
        return added;
    }

    private async Task InBatchesAsync(int count, Action add)
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

    private DateTimeOffset Between(DateTimeOffset since) => faker.Date.BetweenOffset(since, now).ToUniversalTime();

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetter));

    /// <param name="Since">When the account was made.</param>
    internal sealed record Person(int Id, DateTimeOffset Since);

    /// <param name="At">When it was published.</param>
    internal sealed record Written(int Id, DateTimeOffset At);
}
