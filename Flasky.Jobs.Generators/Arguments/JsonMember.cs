using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators.Arguments;

/// <summary>A property or field that System.Text.Json sees.</summary>
internal readonly record struct JsonMember(ISymbol Symbol, ITypeSymbol Type)
{
    /// <summary>Whether it is neither written nor read.</summary>
    public bool IsIgnored => JsonAttributes.IsIgnored(Symbol);

    /// <summary>Whether a converter or a bag of leftovers takes care of it.</summary>
    public bool IsCaredFor => JsonAttributes.HasConverter(Symbol) || JsonAttributes.IsExtensionData(Symbol);

    /// <summary>It has a setter, which nobody but the type itself may use.</summary>
    public bool HasHiddenSetter =>
        Symbol is IPropertySymbol { SetMethod.DeclaredAccessibility: not Accessibility.Public } && !JsonAttributes.IsIncluded(Symbol);

    /// <summary>Those of a type and its bases, ignored ones too; of an overridden or hidden one, the outermost.</summary>
    public static IReadOnlyList<JsonMember> Of(ITypeSymbol type)
    {
        var members = new List<JsonMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var current = type; current is not null && current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (From(member) is { } found && names.Add(member.Name))
                    members.Add(found);
            }
        }
        return members;
    }

    private static JsonMember? From(ISymbol member) => member switch
    {
        { IsStatic: true } => null,
        IPropertySymbol { IsIndexer: false, GetMethod: { } get } property
            when get.DeclaredAccessibility == Accessibility.Public || JsonAttributes.IsIncluded(member) => new(member, property.Type),
        IFieldSymbol field when JsonAttributes.IsIncluded(member) => new(member, field.Type),
        _ => null,
    };
}
