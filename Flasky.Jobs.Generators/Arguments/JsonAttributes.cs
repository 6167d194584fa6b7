using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators.Arguments;

/// <summary>The attributes of System.Text.Json that decide what of a type is written and read.</summary>
internal static class JsonAttributes
{
    public static bool HasConverter(ISymbol symbol) => Has(symbol, "JsonConverterAttribute");

    public static bool IsIncluded(ISymbol member) => Has(member, "JsonIncludeAttribute");

    public static bool IsConstructor(ISymbol constructor) => Has(constructor, "JsonConstructorAttribute");

    /// <summary>Whether it is never written; a condition such as <c>WhenWritingNull</c> still writes it.</summary>
    public static bool IsIgnored(ISymbol member) => Find(member, "JsonIgnoreAttribute") is { } ignore
        && ignore.NamedArguments.All(argument => argument.Key != "Condition" || argument.Value.Value is 1); // JsonIgnoreCondition.Always

    public static bool IsExtensionData(ISymbol member) => Has(member, "JsonExtensionDataAttribute");

    public static bool IsPolymorphic(ITypeSymbol type) => Has(type, "JsonPolymorphicAttribute") || Has(type, "JsonDerivedTypeAttribute");

    /// <summary>The types that <c>[JsonDerivedType]</c> lists.</summary>
    public static IEnumerable<ITypeSymbol> DerivedTypes(ITypeSymbol type) => type.GetAttributes()
        .Where(attribute => Is(attribute.AttributeClass, "JsonDerivedTypeAttribute"))
        .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value)
        .OfType<ITypeSymbol>();

    private static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    private static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => Is(attribute.AttributeClass, name));

    /// <summary>Also one that derives from it, as converters with settings do.</summary>
    private static bool Is(INamedTypeSymbol? attribute, string name)
    {
        for (var type = attribute; type is not null; type = type.BaseType)
        {
            if (type.Name == name && TypeNames.NamespaceOf(type) == "System.Text.Json.Serialization")
                return true;
        }
        return false;
    }
}
