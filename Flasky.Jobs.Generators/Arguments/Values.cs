using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators.Arguments;

/// <summary>Types that need no look inside: those that JSON has a form for, and those that are no data at all.</summary>
internal static class Values
{
    private static readonly HashSet<string> WithAForm =
    [
        "System.Guid", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Uri", "System.Version",
        "System.Half", "System.Int128", "System.UInt128", "System.Text.Json.JsonElement", "System.Text.Json.JsonDocument",
        "System.Text.Json.Nodes.JsonNode", "System.Text.Json.Nodes.JsonObject", "System.Text.Json.Nodes.JsonArray", "System.Text.Json.Nodes.JsonValue",
    ];

    public static bool HaveAForm(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Enum or TypeKind.TypeParameter or TypeKind.Error
        || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime
        || WithAForm.Contains(TypeNames.Of(type));

    /// <summary>Why a type is no data. Null: nothing is known against it.</summary>
    public static string? Objection(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object } =>
            "what it was would be lost; declare the type that it is",
        { TypeKind: TypeKind.Delegate } or { SpecialType: SpecialType.System_Delegate or SpecialType.System_MulticastDelegate } =>
            "code does not leave the process; carry the data it needs, and let the handler have the code",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
            "an address means nothing in another process",
        { IsRefLikeType: true } => "it lives on the stack only; carry an array",
        { IsTupleType: true } => "the items of a tuple are fields, which are left out; declare a record",
        IArrayTypeSymbol { Rank: > 1 } => "JSON has no arrays of more than one dimension; carry an array of arrays",
        _ => ObjectionByName(type),
    };

    private static string? ObjectionByName(ITypeSymbol type)
    {
        if (TypeNames.Of(type) == "System.Threading.CancellationToken")
            return "it means nothing in another process; the handler is given a token of its own";
        if (TypeNames.DerivesFrom(type, "System.Threading.Tasks.Task") || TypeNames.Of(type) == "System.Threading.Tasks.ValueTask"
            || TypeNames.Implements(type, "System.Collections.Generic.IAsyncEnumerable"))
        {
            return "it is not there yet; await it, and carry what it gives";
        }
        if (TypeNames.DerivesFrom(type, "System.Reflection.MemberInfo") || TypeNames.DerivesFrom(type, "System.Reflection.Assembly"))
            return "it belongs to this build of the program; carry a name of your own";
        if (TypeNames.Of(type) is "System.Numerics.BigInteger" or "System.Numerics.Complex" or "System.Text.Rune")
            return "System.Text.Json has no form for it and would read back zero; carry it as text, or give it a [JsonConverter]";
        if (TypeNames.Implements(type, "System.IDisposable") || TypeNames.Implements(type, "System.IAsyncDisposable"))
            return "it holds something of this process; carry a key to the data, and let the handler get the service from its constructor";
        return null;
    }
}
