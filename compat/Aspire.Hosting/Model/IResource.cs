namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something the application consists of or needs: a server, a project, a parameter.</summary>
public interface IResource
{
    /// <summary>The name, unique in the model.</summary>
    string Name { get; }

    /// <summary>What the model knows of the resource beside its type.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A piece of knowledge attached to a resource.</summary>
public interface IResourceAnnotation;

/// <summary>A resource's annotations, in the order they were added.</summary>
public sealed class ResourceAnnotationCollection : System.Collections.ObjectModel.Collection<IResourceAnnotation>;

/// <summary>The base of all resources.</summary>
public abstract class Resource(string name) : IResource
{
    /// <inheritdoc />
    public virtual string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];

    /// <inheritdoc />
    public override string ToString() => $"{GetType().Name} {Name}";
}
