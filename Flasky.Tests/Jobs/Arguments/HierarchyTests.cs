using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Arguments;

public sealed class HierarchyTests : JobsTest
{
    private readonly Collected<Mixed> collected = new();

    public HierarchyTests(Servers servers) : base(servers) =>
        App.Configure = builder => builder.Services.Configure<JobJsonOptions>(json => json.Polymorphic<IShape>().Add<Circle>("circle").Add<Square>("square"));

    [Fact]
    public async Task EveryMemberSurvivesWhereverItIs()
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        var job = new Mixed(
            null, [new Card(1.10m, "4242"), new Transfer(2, "DE00")],
            new() { ["a"] = new Circle(1), ["b"] = new Square(2) },
            new Nested([new Square(3), new Circle(4)], new Card(5, "1111")));

        var envelope = App.Queue.Create(job);
        await App.Queue.SendAsync([envelope], Cancellation);

        var ran = (await collected.NextAsync()).Job;
        Assert.Equivalent(job, ran, strict: true);
        Assert.Equal([typeof(Card), typeof(Transfer)], ran.Payments.Select(payment => payment.GetType()));
        Assert.Equal([typeof(Square), typeof(Circle)], ran.Deep.Shapes.Select(shape => shape.GetType()));
        Assert.Contains("""{"$type":"square","side":3}""", envelope.Arguments, StringComparison.Ordinal);
        Assert.DoesNotContain("Flasky.Tests", envelope.Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANameMayStandBehindOtherProperties()
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        await SendAsync(payment: """{"last4":"4242","amount":1,"kind":"card"}""");
        Assert.Equal(new Card(1, "4242"), (await collected.NextAsync()).Job.Main);
    }

    [Theory]
    [InlineData("""{"kind":"cash","amount":1}""", "cash")]
    [InlineData("""{"amount":1}""", "discriminator")]
    [InlineData("""{"kind":"Flasky.Tests.Jobs.Arguments.Voucher, Flasky.Tests","amount":1}""", "Voucher")]
    [InlineData("""{"kind":"voucher","amount":1}""", "voucher")]
    [InlineData("""{"$type":"card","amount":1,"last4":""}""", "test.mixed")]
    public async Task AnythingButARegisteredNameParksTheJob(string payment, string reason)
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        await App.AssertDeadAsync(await SendAsync(payment), reason);
        Assert.True(collected.NoneLeft);
    }

    [Fact]
    public void AMemberWithoutANameIsRefusedWhereItIsEnqueued()
    {
        var error = Assert.Throws<NotSupportedException>(() => App.Queue.Create(new Mixed(new Voucher(1), [], [], new Nested([], new Card(1, "")))));
        Assert.Contains(nameof(Voucher), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddsToTheNamesThatAHierarchyHasItself()
    {
        App.Configure = builder => builder.Services.Configure<JobJsonOptions>(json =>
        {
            json.Polymorphic<IShape>("shape").Add<Circle>("circle");
            json.Polymorphic<Payment>().Add<Voucher>("voucher");
        });
        var job = new Mixed(new Voucher(1), [new Card(2, "4")], new() { ["a"] = new Circle(1) }, new Nested([], new Voucher(3)));
        var arguments = App.Queue.Create(job).Arguments;
        Assert.Contains("""{"kind":"voucher","amount":1}""", arguments, StringComparison.Ordinal);
        Assert.Contains("""{"kind":"card","last4":"4","amount":2}""", arguments, StringComparison.Ordinal);
        Assert.Contains("""{"shape":"circle","radius":1}""", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesANameOrATypeTwice()
    {
        var shapes = new JobJsonOptions().Polymorphic<IShape>().Add<Circle>("circle");
        Assert.Throws<InvalidOperationException>(() => shapes.Add<Square>("circle"));
        Assert.Throws<InvalidOperationException>(() => shapes.Add<Circle>("round"));
        Assert.Throws<ArgumentException>(() => shapes.Add<Square>(""));
    }

    private async Task<JobId> SendAsync(string payment)
    {
        var envelope = App.Queue.Create(new Mixed(null, [], [], new Nested([], new Card(1, "")))) with
        {
            Arguments = $$"""{"main":{{payment}},"payments":[],"shapes":{},"deep":null}""",
        };
        await App.Queue.SendAsync([envelope], Cancellation);
        return envelope.Id;
    }
}
