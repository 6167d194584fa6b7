namespace Flasky.Mailbox.Smtp;

/// <summary>
/// Undoes dot-stuffing and finds the end of the content: CR LF . CR LF, and nothing else. A dot between bare line feeds
/// or carriage returns is content; a server that took it for the end would let a sender smuggle in a second message.
/// </summary>
internal struct ContentScanner
{
    private State state = State.LineStart;

    public ContentScanner()
    {
    }

    private enum State
    {
        Text,
        AfterCr,
        LineStart,
        AfterDot,
        AfterDotCr,
    }

    /// <summary>Takes the next bytes; appends the content among them to <paramref name="content"/>.</summary>
    /// <param name="bytes">What has arrived, split anywhere.</param>
    /// <param name="content">Gets the content.</param>
    /// <param name="consumed">How many bytes belong to this message.</param>
    /// <returns>Whether the end was found.</returns>
    public bool Scan(ReadOnlySpan<byte> bytes, ContentBuffer content, out int consumed)
    {
        var pending = 0; // where the bytes begin that are content and have not been appended
        for (var i = 0; i < bytes.Length; i++)
        {
            switch (state)
            {
                case State.Text:
                    var cr = bytes[i..].IndexOf((byte)'\r');
                    if (cr < 0) i = bytes.Length;
                    else
                    {
                        i += cr;
                        state = State.AfterCr;
                    }
                    break;
                case State.AfterCr:
                    state = bytes[i] switch { (byte)'\n' => State.LineStart, (byte)'\r' => State.AfterCr, _ => State.Text };
                    break;
                case State.LineStart when bytes[i] == '.':
                    content.Append(bytes[pending..i]);
                    pending = i + 1; // the dot is never content: it ends it, or it was stuffed
                    state = State.AfterDot;
                    break;
                case State.LineStart:
                    state = bytes[i] == '\r' ? State.AfterCr : State.Text;
                    break;
                case State.AfterDot when bytes[i] == '\r':
                    pending = i + 1; // withheld until the next byte tells what it is
                    state = State.AfterDotCr;
                    break;
                case State.AfterDot:
                    state = State.Text;
                    break;
                case State.AfterDotCr when bytes[i] == '\n':
                    consumed = i + 1;
                    return true;
                case State.AfterDotCr:
                    content.Append("\r"u8);
                    pending = i;
                    state = bytes[i] == '\r' ? State.AfterCr : State.Text;
                    break;
            }
        }
        content.Append(bytes[pending..]);
        consumed = bytes.Length;
        return false;
    }
}
