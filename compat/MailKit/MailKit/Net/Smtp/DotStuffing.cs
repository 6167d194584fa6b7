namespace MailKit.Net.Smtp;

/// <summary>Doubles a dot at the start of a line (RFC 5321 section 4.5.2).</summary>
internal static class DotStuffing
{
    internal static void Write(ReadOnlySpan<byte> message, SmtpStream stream)
    {
        while (!message.IsEmpty)
        {
            if (message[0] == '.')
            {
                stream.Queue("."u8);
            }
            var end = message.IndexOf((byte)'\n');
            var line = end < 0 ? message : message[..(end + 1)];
            stream.Queue(line);
            message = message[line.Length..];
        }
    }
}
