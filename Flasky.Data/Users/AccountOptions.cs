namespace Flasky.Data.Users;

/// <summary>The section <c>Flasky</c> of the configuration, as far as accounts need it.</summary>
public sealed class AccountOptions
{
    /// <summary>
    /// The address whose owner becomes administrator by confirming it; compared without case. Null or empty: nobody does.
    /// </summary>
    public string? AdminEmail { get; set; }
}
