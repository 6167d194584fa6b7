using Flasky.Jobs.Serialization;

namespace Flasky.Jobs;

/// <summary>Names the members of a hierarchy for job arguments; see <see cref="JobJsonOptions.Polymorphic{TBase}"/>.</summary>
public sealed class PolymorphicJobType<TBase> where TBase : class
{
    private readonly PolymorphicTypes.Hierarchy hierarchy;

    internal PolymorphicJobType(PolymorphicTypes.Hierarchy hierarchy) => this.hierarchy = hierarchy;

    /// <summary>Writes and reads <typeparamref name="TDerived"/> under a name.</summary>
    /// <param name="name">Stays the same for ever, as a job's wire name does.</param>
    /// <exception cref="InvalidOperationException">The name or the type is taken.</exception>
    public PolymorphicJobType<TBase> Add<TDerived>(string name) where TDerived : TBase
    {
        hierarchy.Add(typeof(TDerived), name);
        return this;
    }
}
