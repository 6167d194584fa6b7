namespace Flasky.Tests.Generators;

public sealed class NameDiagnosticsTests
{
    [Theory]
    [InlineData("public sealed record Nameless(int X) : IJob;")]
    [InlineData("public struct Nameless : IJob { public int X { get; set; } }")]
    [InlineData("""[Job("base")] public record Named : IJob; public sealed record Nameless : Named;""")]
    public async Task AJobWithoutAWireNameIsAnErrorThatSaysWhatToDo(string source)
    {
        var error = Assert.Single(await JobCompilation.ErrorsAsync(source));
        Assert.Equal("FLASKY001", error.Id);
        Assert.Contains("'Nameless'", error.Message, StringComparison.Ordinal);
        Assert.Contains("[Job(\"some.name\")]", error.Message, StringComparison.Ordinal);
        Assert.Equal("Nameless", error.At);
    }

    [Theory]
    [InlineData("""[Job("named")] public sealed record Named(int X) : IJob;""")]
    [InlineData("public abstract record Base : IJob;")]
    [InlineData("public interface IOurJob : IJob;")]
    [InlineData("public sealed record NoJob;")]
    [InlineData("""[Job("shape")] [JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape : IJob; public sealed record Circle(int R) : Shape;""")]
    public async Task WhatHasANameOrNeedsNoneIsAccepted(string source) =>
        Assert.Empty(await JobCompilation.ErrorsAsync(source));

    [Theory]
    [InlineData("[Job(\"Bad Name\")]", "wire name", "Bad Name")]
    [InlineData("[Job(\"\")]", "wire name", "''")]
    [InlineData("[Job(\"9lives\")]", "wire name", "9lives")]
    [InlineData("[Job(\"good\", Queue = \"Mail\")]", "queue", "Mail")]
    public async Task AnInvalidNameIsAnErrorAtTheAttribute(string attribute, string what, string name)
    {
        var error = Assert.Single(await JobCompilation.ErrorsAsync($"{attribute} public sealed record Some : IJob;"));
        Assert.Equal("FLASKY002", error.Id);
        Assert.Contains($"The {what} of the job 'Some'", error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Job(", error.At, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryValidNameIsAccepted() =>
        Assert.Empty(await JobCompilation.ErrorsAsync($"""[Job("a.b-c_9{new string('x', 92)}", Queue = "mail")] public sealed record Some : IJob;"""));

    [Fact]
    public async Task TheSameNameTwiceIsAnErrorAtTheSecondJob()
    {
        var error = Assert.Single(await JobCompilation.ErrorsAsync("""
            [Job("same")] public sealed record One : IJob;
            [Job("other")] public sealed record Other : IJob;
            [Job("same")] public sealed record Two : IJob;
            """));
        Assert.Equal("FLASKY003", error.Id);
        Assert.Equal("Two", error.At);
        Assert.Contains("'One'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'same'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ANameThatAReferencedAssemblyHasIsAnError(bool asProject)
    {
        var library = new JobCompilation("""[Job("same")] public sealed record One : IJob;""");
        var error = Assert.Single(await JobCompilation.ErrorsAsync("""[Job("same")] public sealed record Two : IJob;""",
            asProject ? library.ToProject("Library") : library.ToAssembly("Library")));
        Assert.Equal("FLASKY003", error.Id);
        Assert.Equal("Two", error.At);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ANameThatTwoReferencedAssembliesHaveIsAnErrorOfTheirWorker(bool asProjects)
    {
        var one = new JobCompilation("""[Job("same")] public sealed record One : IJob;""");
        var two = new JobCompilation("""[Job("same")] public sealed record Two : IJob;""");
        const string worker = """
            [Job("own")] public sealed record Own : IJob;
            public sealed class OwnHandler : IJobHandler<Own>
            {
                public Task HandleAsync(Own job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
            }
            public static class Program
            {
                public static void Configure(JobWorkerBuilder worker) => worker.HandleAll().Without<One>().Without<Two>();
            }
            """;
        var error = Assert.Single(await JobCompilation.ErrorsAsync(worker, asProjects
            ? [one.ToProject("Library1"), two.ToProject("Library2")]
            : [one.ToAssembly("Library1"), two.ToAssembly("Library2")]));
        Assert.Equal("FLASKY003", error.Id);
        Assert.Equal("worker.HandleAll()", error.At);
    }
}
