using System.Diagnostics;
using Flasky.Mailbox;

namespace Flasky.Tests.EndToEnd;

[Collection(nameof(FlaskySystem))]
public sealed class TraceTests(FlaskySystem system)
{
    [Fact]
    public async Task OneTraceLeadsFromTheRegistrationToTheSentMailOverARetry()
    {
        var name = Visitor.NewName();
        using var fault = system.Mail.Faults.At(SmtpStage.Rcpt).To($"{name}@example.com").Times(1).Reply(451, "4.3.0 Try again later");
        using var visitor = system.NewVisitor();
        var email = await visitor.RegisterAsync(name);
        var mail = await system.Mail.WaitForMessageAsync(message => message.Recipients.Contains(email), TimeSpan.FromSeconds(60),
            TestContext.Current.CancellationToken);
        var job = Guid.ParseExact(mail.MessageId.Trim('<', '>')[..32], "N");

        var trace = await system.Telemetry.WaitForTraceAsync(
            spans => spans.Any(span => span.Attributes.GetValueOrDefault("messaging.message.id") == $"mail:{job:N}")
                && spans.Count(span => span.Name == "send smtp") == 2,
            TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var request = Assert.Single(trace, span => span.Kind == ActivityKind.Server);
        var send = Assert.Single(trace, span => span.Kind == ActivityKind.Producer);
        var process = trace.Where(span => span.Kind == ActivityKind.Consumer).OrderBy(span => span.Attributes["flasky.job.attempt"], StringComparer.Ordinal).ToList();
        var smtp = process.ConvertAll(parent => Assert.Single(trace, span => span.Name == "send smtp" && span.ParentSpanId == parent.SpanId));

        Assert.Equal(("POST auth/register", "web"), (request.Name, request.ServiceName));
        Assert.Equal(("send mail", "web"), (send.Name, send.ServiceName));
        Assert.True(IsBelow(send, request, trace), "The producer span is not below the request's.");
        Assert.Equal(2, process.Count);
        Assert.All(process, span => Assert.Equal(("process mail", "worker", send.SpanId), (span.Name, span.ServiceName, span.ParentSpanId)));
        Assert.Equal(["451", "250"], smtp.ConvertAll(span => span.Attributes["smtp.response.status_code"]));
        Assert.All(smtp, span => Assert.Equal(("127.0.0.1", $"{system.Mail.SmtpPort}", ActivityKind.Client),
            (span.Attributes["server.address"], span.Attributes["server.port"], span.Kind)));
        Assert.DoesNotContain(trace, span => span.Attributes.Values.Any(value => value.Contains(name, StringComparison.Ordinal)));
    }

    private static bool IsBelow(Telemetry.OtlpSpan span, Telemetry.OtlpSpan ancestor, IReadOnlyList<Telemetry.OtlpSpan> trace)
    {
        for (var current = span; current is not null; current = trace.FirstOrDefault(parent => parent.SpanId == current.ParentSpanId))
        {
            if (current.SpanId == ancestor.SpanId)
                return true;
        }
        return false;
    }
}
