using Flasky.Jobs.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flasky.Tests.Generators;

public sealed class HandleAllTests
{
    private const string TwoHandlers = """
        namespace Shop
        {
            [Job("a")] public sealed record First : IJob;
            [Job("b")] internal readonly record struct Second(int X) : IJob;

            internal sealed class FirstHandler : IJobHandler<First>
            {
                public Task HandleAsync(First job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
            }

            internal static class Outer
            {
                internal sealed class @class : IJobHandler<Second>
                {
                    public Task HandleAsync(Second job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
                }
            }
        }
        """;

    [Fact]
    public void RegistersEveryHandlerOfTheAssembly()
    {
        var program = new JobCompilation(TwoHandlers);
        Assert.Contains("worker.Handle<global::Shop.First, global::Shop.FirstHandler>();", program.Generated, StringComparison.Ordinal);
        Assert.Contains("worker.Handle<global::Shop.Second, global::Shop.Outer.@class>();", program.Generated, StringComparison.Ordinal);
        Assert.Empty(program.CompilerDiagnostics);
    }

    [Fact]
    public void AClassThatHandlesTwoJobsIsRegisteredForBothOnceHoweverManyParts()
    {
        var program = new JobCompilation("""
            [Job("a")] public sealed record A : IJob;
            [Job("b")] public sealed record B : IJob;
            public abstract class Base<TJob> : IJobHandler<TJob> where TJob : IJob
            {
                public Task HandleAsync(TJob job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
            }
            public sealed partial class Both : Base<A>;
            public sealed partial class Both : IJobHandler<B>
            {
                public Task HandleAsync(B job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
            }
            """);
        Assert.Equal(2, Count(program.Generated!, "worker.Handle<"));
        Assert.Contains("worker.Handle<global::A, global::Both>();", program.Generated, StringComparison.Ordinal);
        Assert.Contains("worker.Handle<global::B, global::Both>();", program.Generated, StringComparison.Ordinal);
        Assert.Empty(program.CompilerDiagnostics);
    }

    [Fact]
    public void AJobWithAResultIsRegisteredWithIt()
    {
        var program = new JobCompilation("""
            [Job("a")] public sealed record A(int X) : IJob<List<string?>>;
            public sealed class AHandler : IJobHandler<A, List<string?>>
            {
                public Task<List<string?>> HandleAsync(A job, JobContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
            }
            """);
        Assert.Contains("worker.Handle<global::A, global::System.Collections.Generic.List<string>, global::AHandler>();", program.Generated, StringComparison.Ordinal);
        Assert.Empty(program.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("public abstract class H : IJobHandler<A>")]
    [InlineData("public class H<T> : IJobHandler<A>")]
    [InlineData("file class H : IJobHandler<A>")]
    public void AHandlerThatCannotBeMadeOrNamedIsNotTaken(string declaration) =>
        Assert.Null(new JobCompilation(Handler(declaration)).Generated);

    [Fact]
    public void APrivateHandlerIsNotTaken() =>
        Assert.Null(new JobCompilation($"public static class Outer {{ {Handler("private class H : IJobHandler<A>")} }}").Generated);

    [Fact]
    public void AnAssemblyWithoutHandlersGetsNothing() =>
        Assert.Null(new JobCompilation("""[Job("a")] public sealed record A : IJob;""").Generated);

    [Fact]
    public void AFriendOfTheAssemblySeesOnlyItsOwn()
    {
        var library = new JobCompilation($"""[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Program")] {Handler("public class H : IJobHandler<A>")}""");
        var program = new JobCompilation("""
            [Job("b")] public sealed record B : IJob;
            public class BHandler : IJobHandler<B>
            {
                public Task HandleAsync(B job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
            }
            public static class Program
            {
                public static void Configure(JobWorkerBuilder worker) => worker.HandleAll();
            }
            """, library.ToAssembly("Library"));
        Assert.Empty(program.CompilerDiagnostics);
    }

    [Fact]
    public void AnEditThatChangesNoHandlerGeneratesNothingAnew()
    {
        var program = new JobCompilation(TwoHandlers);
        var edited = program.Source.AddSyntaxTrees(Parse("public sealed class Unrelated : IDisposable { public void Dispose() { } }"));
        var steps = Steps(program.Driver.RunGenerators(edited, TestContext.Current.CancellationToken));
        Assert.All(steps[HandleAllGenerator.RegistrationsStep], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(steps[HandleAllGenerator.SourceStep], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void AnEditInsideAHandlerGeneratesNothingAnew()
    {
        var program = new JobCompilation(TwoHandlers);
        var old = program.Source.SyntaxTrees[1];
        var edited = program.Source.ReplaceSyntaxTree(old, Parse(old.ToString().Replace("Task.CompletedTask", "Task.Delay(1)", StringComparison.Ordinal)));
        var steps = Steps(program.Driver.RunGenerators(edited, TestContext.Current.CancellationToken));
        Assert.All(steps[HandleAllGenerator.RegistrationsStep], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(steps[HandleAllGenerator.SourceStep], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void ANewHandlerIsGeneratedAnew()
    {
        var program = new JobCompilation(TwoHandlers);
        var edited = program.Source.AddSyntaxTrees(Parse(Handler("public class H : IJobHandler<A>")));
        var steps = Steps(program.Driver.RunGenerators(edited, TestContext.Current.CancellationToken));
        Assert.Equal([IncrementalStepRunReason.Modified], steps[HandleAllGenerator.SourceStep]);
    }

    private static string Handler(string declaration) => $$"""
        [Job("z")] public sealed record A : IJob;
        {{declaration}}
        {
            public Task HandleAsync(A job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest));

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static Dictionary<string, List<IncrementalStepRunReason>> Steps(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedSteps.ToDictionary(
            step => step.Key, step => step.Value.SelectMany(run => run.Outputs).Select(output => output.Reason).ToList(), StringComparer.Ordinal);
}
