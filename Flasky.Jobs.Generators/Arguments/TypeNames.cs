using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators.Arguments;

/// <summary>Compares types of the framework by name.</summary>
internal static class TypeNames
{
    public static string NamespaceOf(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() ?? "";

    /// <summary>Namespace and name, without type parameters.</summary>
    public static string Of(ITypeSymbol type) => $"{NamespaceOf(type)}.{type.Name}";

    public static bool Implements(ITypeSymbol type, string name) =>
        Of(type) == name || type.AllInterfaces.Any(contract => Of(contract) == name);

    public static bool DerivesFrom(ITypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Of(current) == name)
                return true;
        }
        return false;
    }
}
