using Flasky.Data.Statements;
using Flasky.Web.Layout;
using Flasky.Web.Posts;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Tests.Web;

/// <summary>What a page reads depends on what it shows, not on how many posts there are.</summary>
public sealed class ManyPostsTests(ManyPosts many) : IClassFixture<ManyPosts>
{
    private const int PageSize = 20;

    [Fact]
    public async Task TheHomePageReadsWhatItShows()
    {
        var plan = await many.ExplainAsync(db => db.NewestPosts().ToViews(db).Take(PageSize + 1));
        Assert.True(plan.PostsRead == PageSize + 1, $"{plan}");
    }

    [Theory]
    [InlineData("tag77")]
    [InlineData("nowhere")]
    public async Task ARareTagIsFoundByTheIndexOfTags(string tag)
    {
        var plan = await many.ExplainAsync(db => db.PostsTagged(tag).ToViews(db).Take(PageSize + 1));
        Assert.Contains("IX_Posts_Tags", plan.Indexes);
        Assert.True(plan.PostsRead <= 1000, $"{plan}");
    }

    [Fact]
    public async Task AFrequentTagIsFoundAmongTheNewest()
    {
        var plan = await many.ExplainAsync(db => db.PostsTagged("food").ToViews(db).Take(PageSize + 1));
        Assert.True(plan.PostsRead <= 1000, $"{plan}");
    }

    [Theory]
    [InlineData("river")]
    [InlineData("river walking")]
    [InlineData("river -nowhere")]
    [InlineData("-nowhere")]
    [InlineData("\"walking river\"")]
    [InlineData("nowhere")]
    public async Task ASearchReadsAFractionOfThePostsHoweverFrequentItsWords(string words)
    {
        var plan = await many.ExplainAsync(db => db.PostsMatching(words).ToViews(db).Take(PageSize + 1));
        Assert.True(plan.PostsRead <= ManyPosts.Count / 10, $"{plan}");
    }

    [Fact]
    public async Task ASearchRanksTheNewestThatFit()
    {
        var newest = await many.AskAsync(db => db.NewestPosts().Where(post => post.Body.Contains("river")).Take(PostQueries.MostFound).Select(post => post.Id).ToListAsync());
        var found = await many.AskAsync(db => db.PostsMatching("river").Select(post => post.Id).ToListAsync());
        Assert.Equal(newest.Order(), found.Order());
        Assert.NotEqual(newest, found);
    }

    [Fact]
    public async Task ATimelineOfManyPeopleIsFoundAmongTheNewestPosts()
    {
        var plan = await many.ExplainAsync(db => db.NewestOf(many.ReaderId, PageSize + 1).ToViews(db));
        Assert.True(plan.PostsRead <= 1000 && plan.EntriesRead == 0, $"{plan}");
    }

    [Fact]
    public async Task ATimelineOfManyQuietPeopleAsksForEachOfThemOnce()
    {
        // None of these writes, but for one who has not done so for long.
        var quiet = await FollowingAsync($"""SELECT "Id" FROM "Users" WHERE "UserName" ~ '^user[0-9]+$' AND substr("UserName", 5)::int > 2000 LIMIT 1000""");
        await many.Site.Database.ScalarAsync<int>($"""UPDATE "Posts" SET "AuthorId" = (SELECT "FollowedId" FROM "Follows" WHERE "FollowerId" = {quiet} LIMIT 1) WHERE "Id" = 100 RETURNING 1""");
        var plan = await many.ExplainAsync(db => db.NewestOf(quiet, PageSize + 1).ToViews(db));
        Assert.True(plan.PostsRead <= 3000 && plan.EntriesRead <= 1001 * (PageSize + 1), $"{plan}");
        Assert.Equal([100], await many.AskAsync(db => db.NewestOf(quiet, PageSize + 1).Select(post => post.Id).ToListAsync()));
    }

    [Theory]
    [InlineData("1 = 1 LIMIT 1000", 21)]
    [InlineData("1 = 1 LIMIT 3", 21)]
    [InlineData("1 = 1 LIMIT 3", 5000)]
    [InlineData("1 = 1 LIMIT 30", 401)]
    [InlineData("1 = 2", 21)]
    public async Task ATimelineHasTheSamePostsWhicheverWayTheyAreFound(string followed, int rows)
    {
        var follower = await FollowingAsync($"""SELECT "Id" FROM "Users" WHERE "UserName" LIKE 'user%' AND {followed}""");
        var expected = await many.AskAsync(db => db.TimelineOf(follower).Take(rows).Select(post => post.Id).ToListAsync());
        Assert.Equal(expected, await many.AskAsync(db => db.NewestOf(follower, rows).Select(post => post.Id).ToListAsync()));
    }

    [Fact]
    public async Task PostsBeforeADeepPageAreCountedInTheIndex()
    {
        var expected = await many.AskAsync(db => db.NewestPosts().Skip(80_000).Take(PageSize).Select(post => post.Id).ToListAsync());
        many.Site.Statements.Take();
        var page = await many.AskAsync(db => db.NewestPosts().ToPageAsync(db, 4001, PageSize, TestContext.Current.CancellationToken));
        Assert.Equal(expected, page.Items.Select(post => post.Id));
        var plan = await many.ExplainAsync(db => db.NewestPosts().PageAfter(db, 80_000, PageSize + 1));
        Assert.True(plan.PostsRead <= PageSize + 1, $"{plan}");
    }

    [Fact]
    public async Task PlansOfHotListsAreKept()
    {
        var kept = await many.AskAsync(async db =>
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            // Five times PostgreSQL plans for the values at hand; then it compares with a plan for all.
            for (var i = 0; i < 7; i++)
            {
                await db.NewestPosts().Prepared().ToPageAsync(db, 1, PageSize, TestContext.Current.CancellationToken);
                await db.PostsBy(many.ReaderId + 1 + i).Prepared().ToPageAsync(db, 1, PageSize, TestContext.Current.CancellationToken);
                await db.ToTimelinePageAsync(many.ReaderId, 1, PageSize, TestContext.Current.CancellationToken);
            }
            return await db.Database.SqlQuery<long>($"""SELECT generic_plans AS "Value" FROM pg_prepared_statements WHERE statement LIKE '%"BodyHtml"%'""").ToListAsync();
        });
        Assert.Equal(3, kept.Count);
        Assert.All(kept, count => Assert.True(count > 0));
    }

    [Fact]
    public async Task PagesThatAreTooDeepAreEmptyAndAskNothing()
    {
        using var stranger = many.Site.Browse();
        await stranger.OpenAsync("/");
        many.Site.Statements.Take();
        Assert.Contains("There are no posts on this page.", await stranger.OpenAsync($"/?page={(PagedQueries.Deepest / PageSize) + 1}"), StringComparison.Ordinal);
        Assert.Empty(many.Site.Statements.Take());
    }

    /// <summary>A new user who follows whom a statement says.</summary>
    private async Task<int> FollowingAsync(string people)
    {
        var name = await many.Site.NewUserAsync();
        var id = (await many.Site.FindAsync($"{name}@example.com"))!.Id;
        await many.Site.Database.ScalarAsync<long>($"""
            WITH followed AS (INSERT INTO "Follows" ("FollowerId", "FollowedId", "Timestamp") SELECT {id}, people."Id", now() FROM ({people}) people RETURNING 1)
            SELECT count(*) FROM followed
            """);
        return id;
    }
}
