using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators.Arguments;

/// <summary>Finds the constructor that System.Text.Json calls.</summary>
internal static class Constructors
{
    /// <summary>The names of its parameters, which are set through it.</summary>
    /// <param name="type">A class or struct that is not abstract.</param>
    /// <param name="members">What System.Text.Json sees of it.</param>
    /// <param name="objection">Why there is none to call. Null: there is one.</param>
    public static ISet<string> Parameters(INamedTypeSymbol type, IReadOnlyList<JsonMember> members, out string? objection)
    {
        var parameters = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        objection = null;
        if (Find(type) is not { } constructor)
        {
            objection = "it has no constructor to read it with; give it a public one, or mark one with [JsonConstructor]";
            return parameters;
        }
        parameters.UnionWith(constructor.Parameters.Select(parameter => parameter.Name));
        if (constructor.Parameters.IsEmpty && PassedOver(type, members) is { } lost)
            objection = $"System.Text.Json calls the constructor without parameters, so '{lost}' would read back empty; mark the other with [JsonConstructor]";
        var names = new HashSet<string>(members.Select(member => member.Symbol.Name), StringComparer.OrdinalIgnoreCase);
        if (parameters.FirstOrDefault(parameter => !names.Contains(parameter)) is { } unknown)
            objection = $"its constructor takes '{unknown}', and there is no property of that name to read it from";
        return parameters;
    }

    /// <summary>A property that only a constructor sets, which is not called. System.Text.Json knows how to make a KeyValuePair.</summary>
    private static string? PassedOver(INamedTypeSymbol type, IReadOnlyList<JsonMember> members) => members
        .Where(_ => TypeNames.Of(type) != "System.Collections.Generic.KeyValuePair")
        .Where(member => !member.IsIgnored && !member.IsCaredFor && member.Symbol is IPropertySymbol { SetMethod: null })
        .Select(member => member.Symbol.Name)
        .FirstOrDefault(name => type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter =>
            string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase))));

    private static IMethodSymbol? Find(INamedTypeSymbol type)
    {
        var constructors = type.InstanceConstructors;
        if (constructors.FirstOrDefault(JsonAttributes.IsConstructor) is { } marked)
            return marked;
        var open = constructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        // A struct always has one without parameters.
        return open.Find(constructor => constructor.Parameters.IsEmpty) ?? (open.Count == 1 ? open[0] : null);
    }
}
