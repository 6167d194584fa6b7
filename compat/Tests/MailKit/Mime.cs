using System.Text;
using MimeKit;

namespace Flasky.Compat.Tests.MailKit;

/// <summary>Short ways to write and read messages.</summary>
internal static class Mime
{
    internal static MimeMessage Message(string subject = "Hello", string text = "Hi", string to = "ada@example.com", string? name = null)
    {
        var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text } };
        message.From.Add(new MailboxAddress("Flasky", "flasky@example.com"));
        message.To.Add(new MailboxAddress(name, to));
        return message;
    }

    /// <summary>The message as SMTP would carry it.</summary>
    internal static string Wire(MimeMessage message)
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        using var stream = new MemoryStream();
        message.WriteTo(options, stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The header's lines as written, folds included.</summary>
    internal static string Header(MimeMessage message, string name)
    {
        var head = Wire(message).Split("\r\n\r\n", 2)[0];
        var lines = head.Split("\r\n");
        var start = Array.FindIndex(lines, l => l.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase));
        Assert.True(start >= 0, $"no header {name} in:\n{head}");
        return string.Join("\r\n", lines.Skip(start).Take(1).Concat(lines.Skip(start + 1).TakeWhile(l => l.StartsWith(' ') || l.StartsWith('\t'))));
    }

    internal static string[] HeaderNames(MimeMessage message) =>
        [.. Wire(message).Split("\r\n\r\n", 2)[0].Split("\r\n").Where(l => !l.StartsWith(' ')).Select(l => l.Split(':')[0])];
}
