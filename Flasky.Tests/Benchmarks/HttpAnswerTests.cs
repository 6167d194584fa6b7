using System.Text;
using Flasky.Benchmarks.Web.Load;

namespace Flasky.Tests.Benchmarks;

public sealed class HttpAnswerTests
{
    private const string WithLength = "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nServer: x\r\n\r\nhello";
    private const string InChunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a\r\n0\r\n\r\nabcdefghijklmnopqrstu\r\n0\r\n\r\n";
    private const string Empty = "HTTP/1.1 304 Not Modified\r\nServer: x\r\n\r\n";

    [Theory]
    [InlineData(WithLength, 404)]
    [InlineData(InChunks, 200)]
    [InlineData(Empty, 304)]
    public void IsCompleteWithItsLastByteAndNotBefore(string answer, int status)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Null(HttpAnswer.Status(bytes.AsSpan(0, length)));
        Assert.Equal(status, HttpAnswer.Status(bytes));
    }

    [Fact]
    public void RefusesWhatIsNoAnswer() => Assert.Throws<IOException>(() => HttpAnswer.Status("SSH-2.0-OpenSSH\r\n\r\n"u8));
}
