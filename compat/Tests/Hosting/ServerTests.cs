using System.Net.Sockets;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;

namespace Flasky.Compat.Tests.Hosting;

public sealed class ServerTests
{
    [Fact]
    public async Task RedisTakesThePasswordOfItsConnectionStringAndNoOther()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("redis");
        await using var app = await builder.StartAsync(limit);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", limit);

        var connection = (await app.GetConnectionStringAsync("redis", limit))!.Split(",password=");
        Assert.Equal("+OK", await AskAsync(connection[0], $"AUTH {connection[1]}", limit));
        Assert.StartsWith("-NOAUTH", await AskAsync(connection[0], "PING", limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedisPasswordIsOnNoCommandLine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("redis");
        await using var app = await builder.StartAsync(limit);
        var redis = await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", limit);

        var password = (await app.GetConnectionStringAsync("redis", limit))!.Split(",password=")[1];
        var commandLine = await File.ReadAllTextAsync($"/proc/{redis.ProcessId()}/cmdline", limit);
        Assert.Contains("redis-server", commandLine, StringComparison.Ordinal);
        Assert.DoesNotContain(password, commandLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostgresServesTheDatabaseOfTheConnectionString()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("postgres").AddDatabase("shop", "the \"shop\"");
        await using var app = await builder.StartAsync(limit);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("shop", limit);

        await using var connection = new NpgsqlConnection(await app.GetConnectionStringAsync("shop", limit) + ";Pooling=false");
        await connection.OpenAsync(limit);
        await using var command = new NpgsqlCommand("SELECT current_database(), lower('É')", connection);
        await using var reader = await command.ExecuteReaderAsync(limit);
        Assert.True(await reader.ReadAsync(limit));
        Assert.Equal(("the \"shop\"", "é"), (reader.GetString(0), reader.GetString(1)));
    }

    [Fact]
    public async Task StoppedRedisComesBackWhereItWasWithWhatItHad()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("redis").WithDataVolume().WithArgs("--appendonly", "yes", "--appendfsync", "always");
        await using var app = await builder.StartAsync(limit);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", limit);
        var before = (await app.GetConnectionStringAsync("redis", limit))!;
        var (address, password) = (before.Split(",password=")[0], before.Split(",password=")[1]);
        Assert.Equal("+OK", await AskAsync(address, $"AUTH {password}\r\nSET kept 1", limit));

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("redis", KnownResourceCommands.StopCommand, limit)).Success);
        await Assert.ThrowsAsync<SocketException>(() => AskAsync(address, "PING", limit));
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("redis", KnownResourceCommands.StartCommand, limit)).Success);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", limit);

        Assert.Equal(before, await app.GetConnectionStringAsync("redis", limit));
        Assert.Equal(":1", await AskAsync(address, $"AUTH {password}\r\nEXISTS kept", limit));
    }

    [Fact]
    public async Task MailboxTakesSmtpAndServesItsPage()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddMailPit("mail");
        await using var app = await builder.StartAsync(limit);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("mail", limit);

        Assert.StartsWith("Endpoint=smtp://localhost:", await app.GetConnectionStringAsync("mail", limit), StringComparison.Ordinal);
        using var client = app.CreateHttpClient("mail");
        Assert.Contains("messages", await client.GetStringAsync(new Uri("/api/v1/messages", UriKind.Relative), limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DataOfATestIsGoneAfterIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var limit = TestApps.Limit();
        string folder;
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("redis").WithDataVolume();
        await using (var app = await builder.StartAsync(limit))
        {
            var redis = await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", limit);
            folder = File.ResolveLinkTarget($"/proc/{redis.ProcessId()}/cwd", returnFinalTarget: true)!.FullName;
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
    }

    [Fact]
    public async Task ManyApplicationsRunAtOnce()
    {
        var limit = TestApps.Limit();
        var passwords = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var builder = DistributedApplicationTestingBuilder.Create();
            builder.AddRedis("redis", port: 6379);
            await using var app = await builder.StartAsync(limit);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", limit);
            return await app.GetConnectionStringAsync("redis", limit);
        }));
        Assert.Equal(4, passwords.Distinct().Count());
    }

    // The last reply line to the commands, sent at once.
    private static async Task<string> AskAsync(string address, string commands, CancellationToken limit)
    {
        var colon = address.LastIndexOf(':');
        using var client = new TcpClient();
        await client.ConnectAsync(address[..colon], int.Parse(address[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture), limit);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(commands + "\r\n"), limit);
        using var reader = new StreamReader(stream);
        var reply = "";
        foreach (var _ in commands.Split("\r\n"))
            reply = await reader.ReadLineAsync(limit) ?? "";
        return reply;
    }
}
