namespace Flasky.Data.Keys;

/// <summary>One key of the ring that protects cookies, forms and tokens.</summary>
public sealed class DataProtectionKey
{
    /// <summary>The row's number.</summary>
    public int Id { get; set; }

    /// <summary>The name that the key ring gave it. Null: none.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>The key, as the key ring wrote it.</summary>
    public required string Xml { get; set; }
}
