using Flasky.Data.Posts;
using Flasky.Data.Users;

namespace Flasky.Tests.Web;

/// <summary>A site with a few people in it who write, for pictures.</summary>
public sealed class PicturedSite(Servers servers) : Site(servers)
{
    /// <summary>Who looks at it: a moderator.</summary>
    public const string Reader = "ada";

    /// <summary>The post with the comments.</summary>
    public Post Post { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var ada = await JoinAsync(Role.Moderator, Reader);
        using var grace = await JoinAsync(name: "grace");
        using var katherine = await JoinAsync(name: "katherine");
        using var alan = await JoinAsync(name: "alan");
        using var mary = await JoinAsync(name: "mary");
        await DescribeAsync(ada, "Ada Lovelace", "London", "I write notes about engines that do not exist yet.\nPoetry runs in the family; so do numbers.", "2 years");
        await DescribeAsync(grace, "Grace Hopper", "Arlington", "Compilers, clocks, and a nanosecond of wire for everybody who asks.", "3 years");
        await WriteAsync(alan, "Ran ten kilometres along the canal before breakfast. Somewhere around the sixth, the proof fell into place.", "4 days", "running", "proofs");
        await WriteAsync(katherine, "Checked the landing figures by hand once more. The machine and I agree to the *eighth* decimal, so I slept well.", "2 days", "numbers");
        await WriteAsync(mary, "Low tide this morning, and a storm the night before: the cliffs had opened a little. Two ammonites and most of a jaw in the basket.", "26 hours", "fossils", "walks");
        Post = await WriteAsync(grace,
            """
            We found the cause at last: **a moth**, in relay 70 of panel F. It is taped into the logbook now.

            Three things that I take from it:

            1. Write down what you see, not what you expect.
            2. Keep the logbook where everybody can read it.
            3. Close the windows at night.
            """, "3 hours", "debugging", "logbook");
        await WriteAsync(ada, "If a machine can weave flowers and leaves, it can weave *patterns of numbers*. All that it needs is somebody who says, step by step, what comes next.", "40 minutes", "engines");
        await CommentAsync(katherine, "The second one! Half of my mistakes were found by people who were only passing by.", "2 hours");
        await CommentAsync(mary, "Buy cheap watches here, today only.", "80 minutes", isDisabled: true);
        await CommentAsync(ada, "May I quote the **first one** in my notes? I would set it in large letters.", "25 minutes");
        foreach (var follower in new[] { grace, katherine, alan })
            await follower.Browser.SendAsync($"/user/{Reader}", $"/follow/{Reader}");
        foreach (var followed in new[] { "grace", "mary" })
            await ada.Browser.SendAsync($"/user/{followed}", $"/follow/{followed}");
    }

    private Task<int> DescribeAsync(Member member, string name, string location, string about, string since) => Database.ScalarAsync<int>(
        $"""
        UPDATE "Users" SET "Name" = '{name}', "Location" = '{location}', "AboutMe" = '{about}', "MemberSince" = now() - interval '{since}'
        WHERE "Id" = {member.Id} RETURNING 1
        """);

    private async Task<Post> WriteAsync(Member author, string body, string age, params string[] tags)
    {
        var post = await author.WriteAsync(body, tags: tags);
        await Database.ScalarAsync<int>($"""UPDATE "Posts" SET "Timestamp" = now() - interval '{age}' WHERE "Id" = {post.Id} RETURNING 1""");
        return post;
    }

    private async Task CommentAsync(Member author, string body, string age, bool isDisabled = false)
    {
        var comment = await author.CommentAsync(Post, body);
        await Database.ScalarAsync<int>(
            $"""UPDATE "Comments" SET "Timestamp" = now() - interval '{age}', "IsDisabled" = {isDisabled} WHERE "Id" = {comment.Id} RETURNING 1""");
    }
}
