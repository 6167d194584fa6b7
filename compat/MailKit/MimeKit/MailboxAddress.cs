using MimeKit.Encodings;

namespace MimeKit;

/// <summary>A mailbox: display name and address. Immutable.</summary>
public class MailboxAddress : InternetAddress
{
    /// <summary>Creates a mailbox.</summary>
    /// <param name="name">The display name. Null or empty: none.</param>
    /// <param name="address">Local part and domain, for example <c>ada@example.com</c>; non-ASCII letters are allowed.</param>
    /// <exception cref="ParseException"><paramref name="address"/> is not an address.</exception>
    public MailboxAddress(string? name, string address) : base(name)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = AddrSpec.Parse(address);
    }

    /// <summary>Local part and domain, with the domain in Unicode.</summary>
    public string Address { get; }

    /// <summary>What stands before the last <c>@</c>.</summary>
    public string LocalPart => Address.LastIndexOf('@') is >= 0 and var at ? Address[..at] : Address;

    /// <summary>What stands after the last <c>@</c>, in Unicode; empty if there is none.</summary>
    public string Domain => Address.LastIndexOf('@') is >= 0 and var at ? Address[(at + 1)..] : "";

    /// <summary>Whether the address holds a non-ASCII letter, so that a server needs SMTPUTF8 (local part) or Punycode (domain).</summary>
    public bool IsInternational => !System.Text.Ascii.IsValid(Address);

    /// <summary>The address as SMTP or a header carries it.</summary>
    /// <param name="idnEncode">Whether a non-ASCII domain is written in Punycode.</param>
    public string GetAddress(bool idnEncode) =>
        idnEncode && !System.Text.Ascii.IsValid(Domain) ? $"{LocalPart}@{AddrSpec.Idn.GetAscii(Domain)}" : Address;

    /// <inheritdoc/>
    public override string ToString(bool encode)
    {
        if (!encode)
        {
            return string.IsNullOrEmpty(Name) ? Address : $"{HeaderText.QuoteName(Header.Unfold(Name))} <{Address}>";
        }
        var line = new HeaderLine(column: 0);
        WriteTo(line, separator: "");
        return line.ToString();
    }

    internal void WriteTo(HeaderLine line, string separator)
    {
        var address = GetAddress(idnEncode: true);
        if (string.IsNullOrEmpty(Name))
        {
            line.Word(separator, address);
            return;
        }
        HeaderText.WritePhrase(line, separator, Name);
        line.Word(" ", $"<{address}>");
    }
}
