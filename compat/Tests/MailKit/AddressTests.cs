using MimeKit;

namespace Flasky.Compat.Tests.MailKit;

public sealed class AddressTests
{
    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("ada.lovelace+flasky@mail.example.co.uk")]
    [InlineData("\"ada lovelace\"@example.com")]
    [InlineData("jürgen@example.com")]
    [InlineData("ada@[192.0.2.1]")]
    [InlineData("ada@localhost")]
    public void AddressesAreTaken(string address) => Assert.Equal(address, new MailboxAddress("Ada", address).Address);

    [Theory]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("ada@example.com\nRCPT TO:<eve@example.com>")]
    [InlineData("ada@example.com>")]
    [InlineData("<ada@example.com>")]
    [InlineData("ada @example.com")]
    [InlineData("ada@exa mple.com")]
    [InlineData("ada@@example.com")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("a..b@example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada@example.com, eve@example.com")]
    [InlineData("\"ada\r\n\"@example.com")]
    [InlineData("ada@example.com\0")]
    public void OtherTextsAreRefused(string address) =>
        Assert.Throws<ParseException>(() => new MailboxAddress("Ada", address));

    [Fact]
    public void DomainsAreWrittenInPunycode()
    {
        var address = new MailboxAddress("Ada", "ada@bücher.example");
        Assert.True(address.IsInternational);
        Assert.Equal("ada@xn--bcher-kva.example", address.GetAddress(idnEncode: true));
        Assert.Equal("ada@bücher.example", address.GetAddress(idnEncode: false));
        Assert.Equal("Ada <ada@xn--bcher-kva.example>", address.ToString(encode: true));
    }

    [Fact]
    public void PunycodeReadsAsTheSameAddress() =>
        Assert.Equal("ada@bücher.example", new MailboxAddress(null, "ada@xn--bcher-kva.example").Address);
}
