using Flasky.Emails;

namespace Flasky.Tests.Emails;

public sealed class HtmlTests
{
    [Fact]
    public void TextsAreEncodedAndMarkupIsNot()
    {
        var inner = Html.Of($"<b>{"<i>"}</b>");
        Assert.Equal("<p title=\"&quot;&#39;&amp;\"><b>&lt;i&gt;</b></p>", Html.Of($"<p title=\"{"\"'&"}\">{inner}</p>").ToString());
    }

    [Fact]
    public void LinksAreEscapedAndEncoded() =>
        Assert.Equal("https://a.example/%22?x=1&amp;y=2", Html.Of($"{new Uri("https://a.example/\"?x=1&y=2")}").ToString());

    [Fact]
    public void ADefaultValueIsEmpty() => Assert.Equal("", default(Html).ToString());
}
