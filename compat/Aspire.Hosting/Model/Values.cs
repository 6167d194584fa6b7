namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that can stand in an expression.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;

/// <summary>Something whose value is known at run time.</summary>
public interface IValueProvider
{
    /// <summary>The value; waits for nothing: endpoints are allocated before anything asks.</summary>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

/// <summary>Something that has a place in a deployment manifest.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The manifest's placeholder for the value.</summary>
    string ValueExpression { get; }
}

/// <summary>A value that is made of other values.</summary>
public interface IValueWithReferences
{
    /// <summary>What the value is made of.</summary>
    IEnumerable<object> References { get; }
}
