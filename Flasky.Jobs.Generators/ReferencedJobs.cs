using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators;

/// <summary>The jobs and handlers in the assemblies that a compilation references.</summary>
internal sealed class ReferencedJobs
{
    private ReferencedJobs(IReadOnlyList<INamedTypeSymbol> jobs, IReadOnlyList<HandledJob> handlers) => (Jobs, Handlers) = (jobs, handlers);

    /// <summary>Those that have a wire name, whether or not the compilation may use them.</summary>
    public IReadOnlyList<INamedTypeSymbol> Jobs { get; }

    /// <summary>Their own <c>HandleAll()</c> takes them.</summary>
    public IReadOnlyList<HandledJob> Handlers { get; }

    /// <param name="compilation">It references them.</param>
    /// <param name="library">Flasky.Jobs: an assembly that does not reference it has no jobs.</param>
    public static ReferencedJobs Of(Compilation compilation, IAssemblySymbol library)
    {
        var types = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(name => name.Name == library.Name)))
            .SelectMany(assembly => TypesIn(assembly.GlobalNamespace))
            .ToList();
        return new ReferencedJobs(
            [.. types.Where(type => JobTypes.IsJob(type) && JobTypes.NameOf(type) is not null)],
            [.. types.SelectMany(JobTypes.HandledBy)]);
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
                yield return type;
            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var nested in TypesIn(inner))
                    yield return nested;
            }
        }
    }
}
