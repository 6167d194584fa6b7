using Flasky.Data.Posts;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Flasky.Tests.Web.Api;

namespace Flasky.Tests.Web;

/// <summary>No page asks more of the database the more it shows.</summary>
public sealed class StatementTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task PagesAskAFewQuestionsHoweverMuchTheyShow()
    {
        using var admin = await site.JoinAsync(Role.Administrator);
        Post? post = null;
        for (var i = 0; i < 22; i++)
        {
            using var other = await site.JoinAsync();
            post = await other.WriteAsync($"zebra {i}", tags: ["zebra"]);
            await admin.CommentAsync(post, "a comment");
            await admin.WriteAsync("A draft", isDraft: true);
            await other.Browser.SendAsync($"/user/{admin.Name}", $"/follow/{admin.Name}");
            await admin.Browser.SendAsync($"/user/{other.Name}", $"/follow/{other.Name}");
        }
        for (var i = 0; i < 31; i++)
            await admin.CommentAsync(post!, "a comment");
        var comment = await admin.CommentAsync(post!, "another comment");

        // However long that took: nobody is due to be seen again.
        await site.Database.ScalarAsync<int>("""UPDATE "Users" SET "LastSeen" = now() + interval '1 hour' RETURNING 1""");
        await site.Database.ScalarAsync<int>("""UPDATE "UserSessions" SET "LastUsedAt" = now() + interval '1 hour' RETURNING 1""");

        // Who the user is, with session and role; then what the page shows.
        var limits = new Dictionary<string, int>
        {
            ["/"] = 2, ["/?page=2"] = 2, ["/followed"] = 3, ["/drafts"] = 2, ["/tag/zebra"] = 2, ["/search?q=zebra"] = 2, ["/moderate"] = 2, ["/admin/users"] = 2,
            [$"/post/{post!.Id}"] = 3, [$"/post/{post.Id}?page=-1"] = 3, [$"/edit/{post.Id}"] = 2, [$"/user/{admin.Name}"] = 3, [$"/followers/{admin.Name}"] = 3,
            [$"/followed-by/{admin.Name}"] = 3, ["/edit-profile"] = 1, [$"/edit-profile/{admin.Id}"] = 4,
        };
        foreach (var (path, limit) in limits)
        {
            site.Statements.Take();
            await admin.Browser.OpenAsync(path);
            Check(path, limit);
        }
        using var stranger = site.Browse();
        foreach (var (path, limit) in new[] { ("/", 1), ("/feed.atom", 1), ($"/post/{post.Id}", 2), ($"/user/{admin.Name}", 2), ("/auth/login", 0) })
        {
            site.Statements.Take();
            await stranger.OpenAsync(path);
            Check($"{path} for a stranger", limit);
        }
        using var caller = await site.CallAsync(admin, ApiScopes.All);
        await caller.GetAsync("/api/v1/posts/");
        // Whose token it is, with role; then what is shown, and how many there are in all.
        var api = new Dictionary<string, int>
        {
            ["/posts/"] = 3, ["/posts/?page=2"] = 3, [$"/posts/{post.Id}"] = 2, ["/comments/"] = 3, [$"/comments/{comment.Id}"] = 2, [$"/posts/{post.Id}/comments/"] = 4,
            [$"/users/{admin.Id}"] = 2, [$"/users/{admin.Id}/posts/"] = 3, [$"/users/{admin.Id}/timeline/"] = 4,
        };
        foreach (var (path, limit) in api)
        {
            site.Statements.Take();
            (await caller.GetAsync($"/api/v1{path}")).MustBe(System.Net.HttpStatusCode.OK);
            Check($"/api/v1{path}", limit);
        }
        foreach (var path in new[] { "/site.css", "/avatar/0123456789abcdef.svg" })
        {
            site.Statements.Take();
            Assert.Equal(System.Net.HttpStatusCode.OK, await admin.Browser.StatusAsync(path));
            Check(path, 0);
        }

        void Check(string path, int limit)
        {
            var asked = site.Statements.Take();
            Assert.True(asked.Count <= limit, $"{path} asked {asked.Count} times:\n{string.Join("\n\n", asked)}");
        }
    }

    [Theory]
    [InlineData("""SELECT * FROM "Posts" WHERE NOT "IsDraft" ORDER BY "Timestamp" DESC, "Id" DESC LIMIT 21""", "IX_Posts_Timestamp_Id")]
    [InlineData("""SELECT * FROM "Posts" WHERE "AuthorId" = 1 AND NOT "IsDraft" ORDER BY "Timestamp" DESC, "Id" DESC LIMIT 21""", "IX_Posts_AuthorId_IsDraft_Timestamp_Id")]
    [InlineData("""SELECT * FROM "Posts" WHERE "AuthorId" = 1 AND "IsDraft" ORDER BY "Timestamp" DESC, "Id" DESC LIMIT 21""", "IX_Posts_AuthorId_IsDraft_Timestamp_Id")]
    [InlineData("""SELECT * FROM "Posts" WHERE NOT "IsDraft" AND "Tags" @> ARRAY['x'] """, "IX_Posts_Tags")]
    [InlineData("""SELECT * FROM "Posts" WHERE NOT "IsDraft" AND "SearchVector" @@ websearch_to_tsquery('simple', 'x')""", "IX_Posts_SearchVector")]
    [InlineData("""SELECT * FROM "Comments" WHERE "PostId" = 1 ORDER BY "Timestamp", "Id" LIMIT 31""", "IX_Comments_PostId_Timestamp_Id")]
    [InlineData("""SELECT * FROM "Comments" ORDER BY "Timestamp" DESC, "Id" DESC LIMIT 31""", "IX_Comments_Timestamp_Id")]
    [InlineData("""SELECT * FROM "Follows" WHERE "FollowerId" = 1 ORDER BY "Timestamp" DESC, "FollowedId" DESC LIMIT 51""", "IX_Follows_FollowerId_Timestamp_FollowedId")]
    [InlineData("""SELECT * FROM "Follows" WHERE "FollowedId" = 1 ORDER BY "Timestamp" DESC, "FollowerId" DESC LIMIT 51""", "IX_Follows_FollowedId_Timestamp_FollowerId")]
    [InlineData("""SELECT * FROM "ApiTokens" WHERE "UserId" = 1 ORDER BY "CreatedAt" DESC, "Id" DESC""", "IX_ApiTokens_UserId_CreatedAt_Id")]
    [InlineData("""SELECT * FROM "ApiTokens" WHERE "Hash" = '\x00'""", "IX_ApiTokens_Hash")]
    [InlineData("""SELECT * FROM "Users" ORDER BY "MemberSince" DESC, "Id" DESC LIMIT 51""", "IX_Users_MemberSince_Id")]
    public async Task EveryListHasAnIndexInItsOrder(string list, string index)
    {
        // Where tables are small the planner would rather read them whole, by any index that is at hand.
        var plan = await site.Database.ScalarAsync<string>($$"""
            BEGIN;
            DO $$ DECLARE other text; BEGIN
                FOR other IN SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname LIKE 'IX\_%' AND indexname <> '{{index}}'
                LOOP EXECUTE format('DROP INDEX %I', other); END LOOP;
            END $$;
            SET LOCAL enable_seqscan = off;
            SET LOCAL enable_sort = off;
            EXPLAIN (FORMAT JSON) {{list}};
            ROLLBACK;
            """);
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Sort\"", plan, StringComparison.Ordinal);
    }
}
