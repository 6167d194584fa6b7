using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators.Arguments;

/// <summary>What lists and dictionaries hold, and which of them can be read back.</summary>
internal static class Collections
{
    private const string Generic = "System.Collections.Generic.";

    private static readonly HashSet<string> Contracts =
    [
        Generic + "IEnumerable", Generic + "ICollection", Generic + "IList", Generic + "IReadOnlyCollection", Generic + "IReadOnlyList",
        Generic + "ISet", Generic + "IReadOnlySet", Generic + "IDictionary", Generic + "IReadOnlyDictionary",
    ];

    /// <summary>The type of the values. Null: it is no collection.</summary>
    public static ITypeSymbol? ValueOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { Arity: 1 } memory when TypeNames.Of(type) is "System.Memory" or "System.ReadOnlyMemory" => memory.TypeArguments[0],
        _ when Dictionary(type) is { } dictionary => dictionary.TypeArguments[1],
        _ => Contract(type, Generic + "IEnumerable")?.TypeArguments[0],
    };

    /// <summary>Why it cannot be written or read, whatever it holds. Null: it can be.</summary>
    public static string? Objection(ITypeSymbol type)
    {
        if (Dictionary(type)?.TypeArguments[0] is { } key && !CanBeAKey(key))
            return $"'{JobAnalyzer.Short(key)}' cannot be the name of a JSON property; use a string, a number, a Guid, a time or an enum as the key";
        if (type is not INamedTypeSymbol named || TypeNames.NamespaceOf(type) is "System" or "System.Collections.Immutable")
            return null;
        if (type.TypeKind == TypeKind.Interface)
            return Contracts.Contains(TypeNames.Of(type)) ? null : "it says too little of what to make when it is read; declare a List or a Dictionary";
        var canBeMade = !type.IsAbstract && named.InstanceConstructors.Any(constructor =>
            constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public });
        var canBeFilled = Contract(type, Generic + "ICollection") is not null || Dictionary(type) is not null
            || type.Name is "Stack" or "Queue" or "ConcurrentStack" or "ConcurrentQueue" or "ConcurrentBag";
        return canBeMade && canBeFilled ? null : "it cannot be filled when it is read; declare a List or a Dictionary";
    }

    /// <summary>A collection that says nothing of what it holds.</summary>
    public static bool IsUntyped(ITypeSymbol type) => ValueOf(type) is null && TypeNames.Implements(type, "System.Collections.IEnumerable");

    private static bool CanBeAKey(ITypeSymbol key) => key.SpecialType != SpecialType.System_Object && Values.HaveAForm(key)
        && !TypeNames.NamespaceOf(key).StartsWith("System.Text.Json", StringComparison.Ordinal);

    private static INamedTypeSymbol? Dictionary(ITypeSymbol type) =>
        Contract(type, Generic + "IDictionary") ?? Contract(type, Generic + "IReadOnlyDictionary");

    private static INamedTypeSymbol? Contract(ITypeSymbol type, string name) => type is INamedTypeSymbol { IsGenericType: true } named && TypeNames.Of(type) == name
        ? named
        : type.AllInterfaces.FirstOrDefault(contract => contract.IsGenericType && TypeNames.Of(contract) == name);
}
