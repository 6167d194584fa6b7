using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of a model, in the order they were added.</summary>
public interface IResourceCollection : IList<IResource>
{
    /// <summary>Finds a resource by its name, whatever its case.</summary>
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}

internal sealed class ResourceCollection : IResourceCollection
{
    private readonly List<IResource> items = [];

    public int Count => items.Count;

    public bool IsReadOnly => false;

    public IResource this[int index]
    {
        get => items[index];
        set => items[index] = value;
    }

    public void Add(IResource item)
    {
        if (TryGetByName(item.Name, out _))
            throw new DistributedApplicationException($"Cannot add resource of type '{item.GetType()}' with name '{item.Name}' because a resource with that name already exists. Resource names are case-insensitive.");

        items.Add(item);
    }

    public void Clear() => items.Clear();

    public bool Contains(IResource item) => items.Contains(item);

    public void CopyTo(IResource[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

    public IEnumerator<IResource> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public int IndexOf(IResource item) => items.IndexOf(item);

    public void Insert(int index, IResource item) => items.Insert(index, item);

    public bool Remove(IResource item) => items.Remove(item);

    public void RemoveAt(int index) => items.RemoveAt(index);

    public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
    {
        resource = items.Find(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase));
        return resource is not null;
    }
}

/// <summary>The resources of an application that was built.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    /// <summary>The resources, in the order they were added.</summary>
    public IResourceCollection Resources { get; } = resources;
}
