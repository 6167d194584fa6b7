using System.Diagnostics;
using Flasky.Mailbox;

namespace Flasky.Tests.Worker;

public sealed class MailTracingTests
{
    [Fact]
    public async Task ASendIsAClientSpanWithServerAndReplyCode()
    {
        await using var host = await MailHost.StartAsync();
        var (parent, span) = await TraceAsync(() => host.SendAsync());
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal("send smtp", span.DisplayName);
        Assert.Equal(parent.SpanId, span.ParentSpanId);
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.Equal(host.Mailbox.SmtpPort, span.GetTagItem("server.port"));
        Assert.Equal(250, span.GetTagItem("smtp.response.status_code"));
        Assert.Null(span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Theory]
    [InlineData(SmtpStage.Rcpt, 550)]
    [InlineData(SmtpStage.EndOfData, 451)]
    [InlineData(SmtpStage.Connect, 554)]
    public async Task ARefusalShowsTheReplyCode(SmtpStage stage, int code)
    {
        await using var host = await MailHost.StartAsync();
        using var fault = host.Mailbox.Faults.At(stage).Reply(code, "<susan@example.com> no");
        var (_, span) = await TraceAsync(() => Assert.ThrowsAnyAsync<Exception>(() => host.SendAsync()));
        Assert.Equal(code, span.GetTagItem("smtp.response.status_code"));
        Assert.Equal($"{code}", span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains('@', StringComparison.Ordinal));
        Assert.Null(span.StatusDescription);
        Assert.Empty(span.Events);
    }

    [Fact]
    public async Task ALostConnectionShowsTheErrorsType()
    {
        await using var host = await MailHost.StartAsync();
        using var fault = host.Mailbox.Faults.At(SmtpStage.EndOfData).Drop();
        var (_, span) = await TraceAsync(() => Assert.ThrowsAnyAsync<Exception>(() => host.SendAsync()));
        Assert.Equal("MailKit.Net.Smtp.SmtpProtocolException", span.GetTagItem("error.type"));
        Assert.Null(span.GetTagItem("smtp.response.status_code"));
    }

    private static async Task<(Activity Parent, Activity Span)> TraceAsync(Func<Task> action)
    {
        using var spans = new Spans("Flasky.Mail");
        using var parent = spans.Begin();
        await action();
        return (parent, Assert.Single(spans.OfTrace));
    }
}
