using Flasky.Data;
using Flasky.Data.Comments;
using Flasky.Data.Follows;
using Flasky.Data.Posts;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Jobs.Testing;
using Flasky.Mailbox;
using Flasky.Tests.Data;
using Flasky.Worker;
using Flasky.Worker.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Worker;

/// <summary>The worker's handlers of notifications, set up as in life, with a queue in memory and a mailbox of its own.</summary>
internal sealed class NotificationHost : IAsyncDisposable
{
    private readonly IHost host;

    private NotificationHost(MailboxServer mailbox, IHost host) => (Mailbox, this.host) = (mailbox, host);

    internal MailboxServer Mailbox { get; }

    internal TestJobs Jobs => Services.GetRequiredService<TestJobs>();

    internal IServiceProvider Services => host.Services;

    internal static async Task<NotificationHost> StartAsync(FlaskyDatabase database)
    {
        var mailbox = await MailboxServer.StartAsync(new MailboxOptions { HttpPort = null }, Cancel);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:flaskydb"] = database.ConnectionString,
            ["ConnectionStrings:redis"] = "localhost:1,connectTimeout=100,connectRetry=1",
            ["ConnectionStrings:mail"] = $"smtp://127.0.0.1:{mailbox.SmtpPort}",
            ["Flasky:Email:Sender"] = "Flasky <flasky@example.com>",
            ["Flasky:PublicBaseUrl"] = "https://flasky.example.com",
        });
        builder.Services.AddLogging();
        builder.AddFlaskyData();
        builder.AddFlaskyMail();
        builder.Services.AddScoped<NotificationMail>();
        builder.Services.AddScoped<ToldComments>();
        builder.AddJobWorker("redis", worker => worker
            .Handle<NewFollower, NewFollowerHandler>()
            .Handle<CommentWritten, CommentWrittenHandler>()
            .Handle<NewComment, NewCommentHandler>()
            .Handle<Reply, ReplyHandler>());
        builder.UseJobTesting(jobs => jobs.Mode = JobTestingMode.Drain);
        return new NotificationHost(mailbox, builder.Build());
    }

    /// <summary>Enqueues a job, and runs it and what it enqueues. Every run must succeed.</summary>
    internal async Task RunAsync<TJob>(TJob job) where TJob : IJob
    {
        await Services.GetRequiredService<IJobQueue>().EnqueueAsync(job, cancellationToken: Cancel);
        (await Jobs.RunAllAsync(Cancel)).ShouldAllSucceed();
    }

    /// <summary>Who got mail, by name and subject; in no order.</summary>
    internal IEnumerable<(string To, string Subject)> Sent => Mailbox.Messages.Select(message => (Assert.Single(message.To).Name, message.Subject)).Order();

    internal Task<User> AddUserAsync(string? name = null, Action<User>? change = null)
    {
        name ??= $"u{Guid.NewGuid():N}"[..20];
        var address = $"{Guid.NewGuid():N}@example.com";
        var user = new User
        {
            UserName = name, NormalizedUserName = Guid.NewGuid().ToString("N"), Email = address, NormalizedEmail = address.ToUpperInvariant(), EmailConfirmed = true,
        };
        change?.Invoke(user);
        return AddAsync(user);
    }

    internal Task<Post> AddPostAsync(User author) => AddAsync(new Post
    {
        AuthorId = author.Id, Body = "A post", BodyHtml = "<p>A post</p>", Timestamp = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
    });

    internal Task<Comment> AddCommentAsync(Post post, User author, string body = "A comment", bool isDisabled = false) =>
        AddAsync(new Comment { PostId = post.Id, AuthorId = author.Id, Body = body, BodyHtml = "", Timestamp = post.Timestamp, IsDisabled = isDisabled });

    internal Task FollowAsync(User follower, User followed) =>
        AddAsync(new Follow { FollowerId = follower.Id, FollowedId = followed.Id, Timestamp = TimeProvider.System.GetUtcNow() });

    /// <summary>Changes the database by hand.</summary>
    internal async Task WithAsync<TService>(Func<TService, Task> change) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)host).DisposeAsync();
        await Mailbox.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<T> AddAsync<T>(T row) where T : class
    {
        await WithAsync<FlaskyDbContext>(async db =>
        {
            db.Add(row);
            await db.SaveChangesAsync(Cancel);
        });
        return row;
    }
}
