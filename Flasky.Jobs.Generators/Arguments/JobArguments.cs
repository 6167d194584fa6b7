using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators.Arguments;

/// <summary>Walks through what System.Text.Json writes of a job, and names what could not be written, or not be read again.</summary>
internal sealed class JobArguments
{
    /// <summary>As deep as System.Text.Json goes by default; it also ends types that nest ever larger ones of themselves.</summary>
    private const int MaxDepth = 64;

    private readonly HashSet<ITypeSymbol> walked = new(SymbolEqualityComparer.Default);

    private JobArguments()
    {
    }

    /// <summary>The flaws of a job and of its result, each at the job's member that leads there.</summary>
    public static IEnumerable<(Location At, Flaw Flaw)> FlawsOf(INamedTypeSymbol job)
    {
        var walk = new JobArguments();
        foreach (var flaw in walk.InObject(job, job.Name, depth: 0))
            yield return (PlaceOf(flaw.Member, job), flaw);
        if (JobTypes.ResultOf(job) is not { } result)
            yield break;
        foreach (var flaw in walk.In(result, $"The result of {job.Name}", depth: 1))
            yield return (job.Locations[0], flaw);
    }

    /// <summary>A member that comes from a base class in another assembly has no place here.</summary>
    private static Location PlaceOf(ISymbol? member, INamedTypeSymbol job) =>
        SymbolEqualityComparer.Default.Equals(member?.ContainingAssembly, job.ContainingAssembly) ? member!.Locations[0] : job.Locations[0];

    private IEnumerable<Flaw> In(ITypeSymbol type, string path, int depth)
    {
        if (depth > MaxDepth || Values.HaveAForm(type) || JsonAttributes.HasConverter(type))
            return [];
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return In(nullable.TypeArguments[0], path, depth);
        if ((Values.Objection(type) ?? (Collections.IsUntyped(type) ? "it does not say what it holds; declare a List or a Dictionary of something" : null)) is { } objection)
            return [new Flaw(path, type, objection)];
        if (Collections.ValueOf(type) is { } item)
            return Collections.Objection(type) is { } why ? [new Flaw(path, type, why)] : In(item, $"{path}[]", depth + 1);
        return type is INamedTypeSymbol named ? InObject(named, path, depth) : [];
    }

    private IEnumerable<Flaw> InObject(INamedTypeSymbol type, string path, int depth)
    {
        if (!walked.Add(type))
            yield break;
        var members = JsonMember.Of(type);
        ISet<string> parameters = new HashSet<string>();
        string? objection = null;
        if (!type.IsAbstract)
            parameters = Constructors.Parameters(type, members, out objection);
        else if (!JsonAttributes.IsPolymorphic(type))
            objection = "nothing says which type to make when it is read; list them with [JsonDerivedType(typeof(...), \"name\")], or give it a [JsonConverter]";
        if (objection is not null)
            yield return new Flaw(path, type, objection);

        foreach (var member in members.Where(member => !member.IsIgnored && !member.IsCaredFor))
        {
            var memberPath = $"{path}.{member.Symbol.Name}";
            if (member.HasHiddenSetter && !parameters.Contains(member.Symbol.Name))
                yield return At(member, depth, new Flaw(memberPath, member.Type, "it would be written and never read; make its setter public or 'init', or mark it [JsonInclude]"));
            foreach (var flaw in In(member.Type, memberPath, depth + 1))
                yield return At(member, depth, flaw);
        }
        foreach (var flaw in JsonAttributes.DerivedTypes(type).SelectMany(derived => In(derived, derived.Name, depth + 1)))
            yield return flaw;
    }

    private static Flaw At(JsonMember member, int depth, Flaw flaw) => depth == 0 ? flaw with { Member = member.Symbol } : flaw;
}

/// <param name="Path">How one gets there from the job, as <c>Job.Orders[].Customer</c>.</param>
/// <param name="Type">What is there.</param>
/// <param name="Reason">Why it cannot travel, and what to do.</param>
internal sealed record Flaw(string Path, ITypeSymbol Type, string Reason)
{
    /// <summary>The job's own member that leads there. Null: it is the job itself.</summary>
    public ISymbol? Member { get; init; }
}
