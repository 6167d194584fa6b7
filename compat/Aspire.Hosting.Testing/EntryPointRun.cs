using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's entry point on a thread of its own. The entry point stops where it asks for the application until
/// the test does so too; then it waits for the application's end instead of running it.
/// </summary>
internal sealed class EntryPointRun(Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> model = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal async Task<IDistributedApplicationTestingBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var entryPoint = appHost.EntryPoint ?? throw new InvalidOperationException($"Assembly '{appHost}' does not have an entry point.");
        var thread = new Thread(() => Run(entryPoint)) { IsBackground = true, Name = $"{appHost.GetName().Name}.EntryPoint" };
        thread.Start();
        var builder = await model.Task.WaitAsync(cancellationToken);
        return new TestingBuilder(builder, _ => Task.FromResult(Build(builder)), EndAsync);
    }

    private DistributedApplication Build(DistributedApplicationBuilder builder)
    {
        var built = builder.BuildNow();
        built.DrivenBy = _ => end.Task;
        application.TrySetResult(built);
        return built;
    }

    private ValueTask EndAsync()
    {
        application.TrySetCanceled();
        end.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private void Run(MethodInfo entryPoint)
    {
        BuilderHooks.Current = new Hooks(this, configure);
        try
        {
            entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? [] : [args]);
            model.TrySetException(new InvalidOperationException($"The entry point exited without building a {nameof(DistributedApplication)}."));
        }
        catch (TargetInvocationException problem)
        {
            // The model's own mistakes; what comes after the model is the end of the test.
            model.TrySetException(problem.InnerException ?? problem);
        }
    }

    private sealed class Hooks(EntryPointRun run, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuilderHooks
    {
        internal override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
        {
            options.AssemblyName ??= run.AssemblyName;
            DistributedApplicationTestingBuilder.Prepare(options, settings);
            configure(options, settings);
        }

        internal override DistributedApplication Build(DistributedApplicationBuilder builder)
        {
            run.model.TrySetResult(builder);
            return run.application.Task.GetAwaiter().GetResult();
        }
    }

    private string? AssemblyName => appHost.GetName().Name;
}
