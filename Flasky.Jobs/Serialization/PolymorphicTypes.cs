using System.Text.Json.Serialization.Metadata;

namespace Flasky.Jobs.Serialization;

/// <summary>The hierarchies that the application registered. Filled while the host is configured, read-only afterwards.</summary>
internal sealed class PolymorphicTypes
{
    private readonly Dictionary<Type, Hierarchy> byBase = [];

    public bool Any => byBase.Count > 0;

    public Hierarchy Of(Type baseType, string? discriminator)
    {
        if (!byBase.TryGetValue(baseType, out var hierarchy))
            byBase.Add(baseType, hierarchy = new Hierarchy(baseType));
        hierarchy.Discriminator = discriminator ?? hierarchy.Discriminator;
        return hierarchy;
    }

    /// <summary>A modifier for a type info resolver.</summary>
    public void Apply(JsonTypeInfo info)
    {
        if (!byBase.TryGetValue(info.Type, out var hierarchy))
            return;
        info.PolymorphismOptions ??= new JsonPolymorphismOptions();
        if (hierarchy.Discriminator is { } discriminator)
            info.PolymorphismOptions.TypeDiscriminatorPropertyName = discriminator;
        foreach (var (name, type) in hierarchy.Names)
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, name));
    }

    internal sealed class Hierarchy(Type baseType)
    {
        private readonly Dictionary<string, Type> names = new(StringComparer.Ordinal);

        public string? Discriminator { get; set; }

        public IReadOnlyDictionary<string, Type> Names => names;

        public void Add(Type type, string name)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            if (names.ContainsValue(type))
                throw new InvalidOperationException($"{type} has a name among the types of {baseType} already.");
            if (!names.TryAdd(name, type))
                throw new InvalidOperationException($"Two types of {baseType} are named '{name}': {names[name]} and {type}.");
        }
    }
}
