using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Flasky.Tests.Web;

public sealed partial class TwoStepTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task AfterThePasswordACodeOfTheAppIsAskedForAndWorksOnce()
    {
        var (name, key, _) = await SetUpAsync();
        using var browser = site.Browse();
        Assert.Contains("One more step", await browser.LogInAsync(name), StringComparison.Ordinal);
        Assert.Contains("Hello, Stranger!", await browser.OpenAsync("/"), StringComparison.Ordinal);
        // The next code, which is taken from clocks that are ahead: with this one the app was set up.
        var code = Code(key, 1);
        Assert.Contains($"Hello, {name}!", await browser.SubmitAsync("/auth/login/code", ("Code", $"{code[..3]} {code[3..]}")), StringComparison.Ordinal);

        using var overTheShoulder = site.Browse();
        await overTheShoulder.LogInAsync(name);
        Assert.Contains("wrong, or was used before", await overTheShoulder.SubmitAsync("/auth/login/code", ("Code", code)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecoveryCodeWorksOnce()
    {
        var (name, _, codes) = await SetUpAsync();
        using var browser = site.Browse();
        await browser.LogInAsync(name);
        Assert.Contains($"Hello, {name}!", await browser.SubmitAsync("/auth/login/code", ("Code", codes[0].ToLowerInvariant())), StringComparison.Ordinal);
        await browser.ShowPasswordAsync("/auth/two-step");
        Assert.Contains("You have 9 recovery codes left", await browser.OpenAsync("/auth/two-step"), StringComparison.Ordinal);

        using var again = site.Browse();
        await again.LogInAsync(name);
        Assert.Contains("wrong, or was used before", await again.SubmitAsync("/auth/login/code", ("Code", codes[0])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongCodesAreLimited()
    {
        var (name, key, _) = await SetUpAsync();
        using var browser = site.Browse();
        await browser.LogInAsync(name);
        for (var i = 0; i < 5; i++)
        {
            await browser.SubmitAsync("/auth/login/code", ("Code", $"00000{i}"));
        }
        Assert.Contains("Too many tries", await browser.SubmitAsync("/auth/login/code", ("Code", Code(key, 1))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondStepWithoutTheFirstLeadsBackToIt()
    {
        using var browser = site.Browse();
        Assert.Contains("Please log in again", await browser.OpenAsync("/auth/login/code"), StringComparison.Ordinal);
        Assert.StartsWith("/auth/login", browser.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NeitherKeyNorRecoveryCodesAreReadableInTheDatabase()
    {
        var (name, key, codes) = await SetUpAsync();
        var stored = await site.Database.ScalarAsync<string>($"""
            SELECT string_agg(t."Value", ' ') FROM "UserTokens" t JOIN "Users" u ON u."Id" = t."UserId" WHERE u."UserName" = '{name}'
            """);
        Assert.DoesNotContain(key, stored, StringComparison.OrdinalIgnoreCase);
        Assert.All(codes, code => Assert.DoesNotContain(code, stored, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SwitchingItOffForgetsTheKey()
    {
        var (name, _, codes) = await SetUpAsync();
        using var browser = site.Browse();
        await browser.LogInAsync(name);
        await browser.SubmitAsync("/auth/login/code", ("Code", codes[0]));
        await browser.ShowPasswordAsync("/auth/two-step");
        Assert.Contains("Two-step login is off", await browser.PressAsync("/auth/two-step", "Disable"), StringComparison.Ordinal);
        (await site.LogInAsync(name)).Dispose();
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""
            SELECT count(*) FROM "UserTokens" t JOIN "Users" u ON u."Id" = t."UserId" WHERE u."UserName" = '{name}'
            """));
    }

    private async Task<(string Name, string Key, string[] Codes)> SetUpAsync()
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        await browser.ShowPasswordAsync("/auth/two-step");
        var page = await browser.PressAsync("/auth/two-step", "Begin");
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        var key = Key().Match(page).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains("not the code", await browser.PressAsync("/auth/two-step", "Enable", ("Code", "12")), StringComparison.Ordinal);
        var shown = await browser.PressAsync("/auth/two-step", "Enable", ("Code", Code(key, 0)));
        return (name, key, [.. RecoveryCode().Matches(shown).Select(match => match.Groups["code"].Value)]);
    }

    /// <summary>RFC 6238 with what every app assumes: SHA-1, 30 seconds, six digits.</summary>
    private static string Code(string key, int step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + step);
#pragma warning disable CA5350 // The standard's choice, and what apps know.
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var c in text.ToUpperInvariant())
        {
            (bits, held) = (((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal)) & 0xFFFF, held + 5);
            if (held >= 8)
            {
                held -= 8;
                bytes.Add((byte)(bits >> held));
            }
        }
        return [.. bytes];
    }

    [GeneratedRegex("class=\"key\"><code>(?<key>[^<]+)<", RegexOptions.None, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>(?<code>[^<]+)</code>", RegexOptions.None, 1000)]
    private static partial Regex RecoveryCode();
}
