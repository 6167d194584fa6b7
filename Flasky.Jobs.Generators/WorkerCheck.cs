using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flasky.Jobs.Generators;

/// <summary>What only the whole shows: names that are taken, and jobs that nobody or more than one handler runs.</summary>
internal sealed class WorkerCheck(CompilationAnalysisContext context, SeenJobs seen, ReferencedJobs referenced)
{
    private readonly List<INamedTypeSymbol> jobs = InOrder(seen.Jobs, job => job).ToList();

    /// <summary>Null: this is no worker, or one that names its handlers one by one.</summary>
    private readonly Location? handleAll = seen.HandleAllCalls.OrderBy(call => call.SourceTree?.FilePath).ThenBy(call => call.SourceSpan.Start).FirstOrDefault();

    public void Report()
    {
        ReportNamesTakenTwice();
        if (handleAll is null)
            return;
        ReportJobsWithoutHandler(handleAll);
        ReportJobsWithTwoHandlers();
    }

    private void ReportNamesTakenTwice()
    {
        foreach (var name in referenced.Jobs.Concat(jobs).GroupBy(JobTypes.NameOf).Where(name => name.Key is not null))
        {
            var first = name.First();
            foreach (var other in name.Skip(1))
            {
                // Two jobs of other assemblies meet in the worker that runs both.
                if ((IsOurs(other) ? other.Locations[0] : handleAll) is { } at)
                    context.ReportDiagnostic(Diagnostic.Create(JobDiagnostics.OneNameTwice, at, JobAnalyzer.Short(other), JobAnalyzer.Short(first), name.Key));
            }
        }
    }

    private void ReportJobsWithoutHandler(Location at)
    {
        var handled = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        handled.UnionWith(seen.Mentioned);
        handled.UnionWith(Taken().Concat(referenced.Handlers).Select(handler => handler.Job));
        foreach (var job in referenced.Jobs.Concat(jobs.Where(job => JobTypes.NameOf(job) is not null)))
        {
            if (!job.IsGenericType && !handled.Contains(job) && context.Compilation.IsSymbolAccessibleWithin(job, context.Compilation.Assembly))
                context.ReportDiagnostic(Diagnostic.Create(JobDiagnostics.NoHandler, at, JobAnalyzer.Short(job)));
        }
    }

    private void ReportJobsWithTwoHandlers()
    {
        foreach (var job in Taken().GroupBy(handler => handler.Job, SymbolEqualityComparer.Default))
        {
            var first = job.First().Handler;
            foreach (var other in job.Skip(1))
            {
                context.ReportDiagnostic(Diagnostic.Create(JobDiagnostics.TwoHandlers, other.Handler.Locations[0], first.Locations,
                    JobAnalyzer.Short(other.Job), JobAnalyzer.Short(first), JobAnalyzer.Short(other.Handler)));
            }
        }
    }

    private bool IsOurs(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, context.Compilation.Assembly);

    /// <summary>The handlers that <c>HandleAll()</c> registers.</summary>
    private IEnumerable<HandledJob> Taken() =>
        InOrder(seen.Handlers, handler => handler.Handler).Where(handler => handler.CanBeNamed(context.Compilation));

    /// <summary>In the order of the source, so that each build says the same.</summary>
    private static IEnumerable<T> InOrder<T>(IEnumerable<T> items, Func<T, ISymbol> symbol) => items
        .OrderBy(item => symbol(item).Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(item => symbol(item).Locations[0].SourceSpan.Start);
}
