namespace MimeKit;

/// <summary>An entry of an address header: in this stand-in always a <see cref="MailboxAddress"/>.</summary>
public abstract class InternetAddress
{
    private protected InternetAddress(string? name) => Name = name;

    /// <summary>The display name. Null or empty: none.</summary>
    public string? Name { get; }

    /// <summary>The address as a header shows it.</summary>
    /// <param name="encode">Whether non-ASCII names are written as encoded words and non-ASCII domains in Punycode.</param>
    public abstract string ToString(bool encode);

    /// <inheritdoc/>
    public override string ToString() => ToString(encode: false);
}
