using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flasky.Jobs.Hosting;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs;

/// <summary>How arguments are written and read. Producers and workers must agree on it.</summary>
public sealed class JobJsonOptions
{
    private readonly PolymorphicTypes polymorphic = new();

    /// <summary>
    /// Default: the web defaults (camel case, case-insensitive when read). Converters added here hold wherever their type occurs in
    /// arguments. Set a source-generated <see cref="JsonSerializerOptions.TypeInfoResolver"/> to avoid reflection. Read-only once the host
    /// has started.
    /// </summary>
    public JsonSerializerOptions SerializerOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        // An upcaster, or a producer in another language, may write a hierarchy's discriminator behind other properties.
        AllowOutOfOrderMetadataProperties = true,
    };

    /// <summary>
    /// Registers the members of a hierarchy that cannot carry <see cref="System.Text.Json.Serialization.JsonDerivedTypeAttribute"/>s, or adds to
    /// those that it has. Only registered names are ever turned into a type, wherever a <typeparamref name="TBase"/> is declared in arguments.
    /// </summary>
    /// <param name="discriminator">The property that holds the name. Null: the one the hierarchy has, else <c>$type</c>.</param>
    /// <example><code>
    /// json.Polymorphic&lt;Shape&gt;().Add&lt;Circle&gt;("circle").Add&lt;Square&gt;("square");
    /// </code></example>
    public PolymorphicJobType<TBase> Polymorphic<TBase>(string? discriminator = null) where TBase : class =>
        new(polymorphic.Of(typeof(TBase), discriminator));

    /// <summary>Ends configuration; harmless when repeated.</summary>
    internal void Freeze()
    {
        if (SerializerOptions.IsReadOnly)
            return;
        SerializerOptions.TypeInfoResolver ??= JobJson.DefaultResolver();
        if (polymorphic.Any)
            SerializerOptions.TypeInfoResolver = SerializerOptions.TypeInfoResolver.WithAddedModifier(polymorphic.Apply);
        SerializerOptions.MakeReadOnly();
    }
}
