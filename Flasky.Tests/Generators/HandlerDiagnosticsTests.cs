using Flasky.Jobs.Running;
using Flasky.Tests.Jobs;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Generators;

public sealed class HandlerDiagnosticsTests
{
    private const string Handled = """
        [Job("handled")] public sealed record Handled : IJob;
        public sealed class HandledHandler : IJobHandler<Handled>
        {
            public Task HandleAsync(Handled job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;

    private const string Forgotten = """[Job("forgotten")] public sealed record Forgotten : IJob;""";

    private const string ForgottenHandler = """
        public sealed class ForgottenHandler : IJobHandler<Forgotten>
        {
            public Task HandleAsync(Forgotten job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;

    [Fact]
    public async Task AJobWithoutHandlerIsAnErrorOfTheWorkerThatSaysWhatToDo()
    {
        var error = Assert.Single(await JobCompilation.ErrorsAsync($"{Handled} {Forgotten} {Worker("worker.HandleAll()")}"));
        Assert.Equal("FLASKY004", error.Id);
        Assert.Contains("IJobHandler<Forgotten>", error.Message, StringComparison.Ordinal);
        Assert.Contains("worker.Without<Forgotten>()", error.Message, StringComparison.Ordinal);
        Assert.Equal("worker.HandleAll()", error.At);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AJobOfAReferencedAssemblyNeedsAHandlerToo(bool asProject)
    {
        var library = new JobCompilation(Forgotten);
        var reference = asProject ? library.ToProject("Library") : library.ToAssembly("Library");
        Assert.Equal("FLASKY004", Assert.Single(await JobCompilation.ErrorsAsync($"{Handled} {Worker("worker.HandleAll()")}", reference)).Id);
        Assert.Empty(await JobCompilation.ErrorsAsync($"{Handled} {ForgottenHandler} {Worker("worker.HandleAll()")}", reference));
    }

    [Fact]
    public async Task AReferencedAssemblyMayHaveTheHandlerItself() =>
        Assert.Empty(await JobCompilation.ErrorsAsync($"{Handled} {Worker("worker.HandleAll()")}",
            new JobCompilation($"{Forgotten} {ForgottenHandler}").ToAssembly("Library")));

    [Theory]
    [InlineData("worker.HandleAll().Without<Forgotten>()")]
    [InlineData("worker.HandleAll().Handle<Forgotten, Outer.Private>()")]
    [InlineData("worker.Handle<Handled, HandledHandler>()")]
    public async Task AWorkerThatLeavesTheJobToOthersOrNamesItsHandlersIsAccepted(string configure) =>
        Assert.Empty(await JobCompilation.ErrorsAsync($$"""
            {{Handled}} {{Forgotten}}
            public static partial class Outer
            {
                {{Worker(configure)}}
                private {{ForgottenHandler.Replace("public sealed class ForgottenHandler", "sealed class Private", StringComparison.Ordinal)}}
            }
            """));

    [Fact]
    public async Task AJobThatOnlyItsOwnAssemblyMayUseNeedsNoHandlerElsewhere() =>
        Assert.Empty(await JobCompilation.ErrorsAsync($"{Handled} {Worker("worker.HandleAll()")}",
            new JobCompilation(Forgotten.Replace("public", "internal", StringComparison.Ordinal)).ToAssembly("Library")));

    [Fact]
    public async Task TwoHandlersOfOneJobAreAnErrorAtTheSecond()
    {
        var second = Handled[Handled.IndexOf("public sealed class", StringComparison.Ordinal)..].Replace("HandledHandler", "SecondHandler", StringComparison.Ordinal);
        var error = Assert.Single(await JobCompilation.ErrorsAsync($"{Handled} {second} {Worker("worker.HandleAll()")}"));
        Assert.Equal("FLASKY005", error.Id);
        Assert.Contains("'Handled' has two handlers, 'HandledHandler' and 'SecondHandler'", error.Message, StringComparison.Ordinal);

        // One of a base class, or one that is registered by hand somewhere else, is none of HandleAll's.
        Assert.Empty(await JobCompilation.ErrorsAsync($"{Handled} {second.Replace("sealed", "abstract", StringComparison.Ordinal)} {Worker("worker.HandleAll()")}"));
        Assert.Empty(await JobCompilation.ErrorsAsync($"{Handled} {second} {Worker("worker.Handle<Handled, SecondHandler>()")}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AJobThatIsLeftToOthersIsNotRunWhateverTheOrder(bool handledFirst)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddJobWorker("redis", worker => _ = handledFirst
            ? worker.Handle<Note, NoteHandler>().Without<Note>()
            : worker.Without<Note>().Handle<Note, NoteHandler>());
        var registry = Assert.IsType<JobRegistry>(builder.Services.Single(service => service.ServiceType == typeof(JobRegistry)).ImplementationInstance);
        Assert.Null(registry.Find("test.note"));
        Assert.Empty(registry.Queues);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OptionsOfAHandlerStayWhenItIsRegisteredAgain(bool configuredFirst)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddJobWorker("redis", worker => _ = configuredFirst
            ? worker.Handle<Note, NoteHandler>(job => job.MaxAttempts = 7).Handle<Note, NoteHandler>()
            : worker.Handle<Note, NoteHandler>().Handle<Note, NoteHandler>(job => job.MaxAttempts = 7));
        var registry = Assert.IsType<JobRegistry>(builder.Services.Single(service => service.ServiceType == typeof(JobRegistry)).ImplementationInstance);
        Assert.Equal(7, registry.Find("test.note")!.Options.MaxAttempts);
    }

    private static string Worker(string configure) => $$"""
        public static class Program
        {
            public static void Configure(JobWorkerBuilder worker) => {{configure}};
        }
        """;
}
