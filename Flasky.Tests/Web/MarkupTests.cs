using System.Text.RegularExpressions;
using Flasky.Web.Writing;

namespace Flasky.Tests.Web;

public sealed partial class MarkupTests
{
    private static readonly string[] PostElements = ["a", "blockquote", "code", "em", "li", "ol", "p", "pre", "strong", "ul", "h1", "h2", "h3"];
    private static readonly string[] CommentElements = ["a", "code", "em", "strong"];

    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "<style>*{display:none}</style>",
        "<!-- --><b onmouseover=alert(1)>x</b>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo 1 ?>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A;avascript&colon;alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](<java\nscript:alert(1)>)",
        "[x](\u0001javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "[x](//evil.example/)",
        "[x](/auth/logout)",
        "[x](https://example.com/\"onmouseover=\"alert(1))",
        "[x](https://example.com/ \"\\\"onmouseover=alert(1) x=\\\"\")",
        "[x](https://example.com/'><script>alert(1)</script>)",
        "![x](javascript:alert(1))",
        "![x](https://evil.example/pixel.gif)",
        "![\"onerror=alert(1)](https://example.com/x)",
        "<javascript:alert(1)>",
        "<https://example.com/\"onclick=\"alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[a][x]\n\n[x]: <data:text/html,x> \"t\\\" onclick=alert(1)\"",
        "```\"><script>alert(1)</script>\nx\n```",
        "``<script>alert(1)</script>``",
        "    <script>alert(1)</script>",
        "# <script>alert(1)</script>",
        "> <img src=x onerror=alert(1)>",
        "- <img src=x onerror=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "**<b>**<i>*",
        "https://example.com/<script>alert(1)</script>",
        "http://example.com/\"><img/src=x>",
        "javascript:alert(1)",
        "\0<scr\0ipt>alert(1)</scr\0ipt>",
        "<x@y.example\"onclick=alert(1)>",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void NothingButTheAllowedElementsComesOut(string attack)
    {
        Check(Markup.PostHtml(attack), PostElements);
        Check(Markup.CommentHtml(attack), CommentElements);

        static void Check(string html, string[] allowed)
        {
            // Whatever looks like a tag is one of these, with no attribute but a link's; everything else is escaped.
            var rest = Tag().Replace(html, match =>
            {
                Assert.Contains(match.Groups["name"].Value, allowed);
                return "";
            });
            Assert.DoesNotContain('<', rest);
            Assert.DoesNotContain('>', rest);
            foreach (Match link in Target().Matches(html))
                Assert.Matches("^(https?://|mailto:)[^\"'<> ]+$", link.Groups["target"].Value);
        }
    }

    [Theory]
    [InlineData("One\n\nTwo", "<p>One</p>\n<p>Two</p>")]
    [InlineData("**b** *i* `c`", "<p><strong>b</strong> <em>i</em> <code>c</code></p>")]
    [InlineData("# 1\n## 2\n### 3\n#### 4", "<h1>1</h1>\n<h2>2</h2>\n<h3>3</h3>\n<p>4</p>")]
    [InlineData("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("1. a\n2. b", "<ol><li>a</li>\n<li>b</li>\n</ol>")]
    [InlineData("> q", "<blockquote><p>q</p>\n</blockquote>")]
    [InlineData("```cs\na < b\n```", "<pre><code>a &lt; b</code></pre>")]
    [InlineData("a & b", "<p>a &amp; b</p>")]
    [InlineData("&copy; &amp; ü 🙂", "<p>© &amp; ü 🙂</p>")]
    [InlineData("a\n\n---\n\nb", "<p>a</p>\n<p>b</p>")]
    [InlineData("[a](https://example.com/x?y=1&z=2 \"t\")", "<p><a href=\"https://example.com/x?y=1&amp;z=2\" title=\"t\" rel=\"nofollow\">a</a></p>")]
    [InlineData("see https://example.com/x.", "<p>see <a href=\"https://example.com/x\" rel=\"nofollow\">https://example.com/x</a>.</p>")]
    [InlineData("<me@example.com>", "<p><a href=\"mailto:me@example.com\" rel=\"nofollow\">me@example.com</a></p>")]
    [InlineData("![a cat](https://example.com/cat.png)", "<p><a href=\"https://example.com/cat.png\" rel=\"nofollow\">a cat</a></p>")]
    [InlineData("[![a](https://example.com/1)](https://example.com/2)", "<p><a href=\"https://example.com/2\" rel=\"nofollow\">a</a></p>")]
    [InlineData("[](https://example.com/)", "<p><a href=\"https://example.com/\" rel=\"nofollow\">https://example.com/</a></p>")]
    public void PostsHaveTheirElements(string markdown, string html) => Assert.Equal(html, Markup.PostHtml(markdown));

    [Theory]
    [InlineData("One\n\nTwo", "One\nTwo")]
    [InlineData("# h\n\n**b** *i* `c`", "h\n<strong>b</strong> <em>i</em> <code>c</code>")]
    [InlineData("- a\n- b", "– a\n– b")]
    [InlineData("> q", "q")]
    [InlineData("```\nx\n```", "<code>x</code>")]
    public void CommentsHaveNoBlocks(string markdown, string html) => Assert.Equal(html, Markup.CommentHtml(markdown));

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("*a ")]
    [InlineData("- ")]
    [InlineData("![")]
    [InlineData("`")]
    [InlineData("<")]
    [InlineData("\\")]
    [InlineData("[a](")]
    public void DeepNestingAndRepetitionAreHandledInTime(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 20_000 / part.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotNull(Markup.PostHtml(text));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void CleanTextHasNoControlCharactersAndNoHalfCharacters() =>
        Assert.Equal("a\nb\tc🙂", PlainText.Clean(" \0a\r\nb\tc\u0007🙂\ud83d\uffff "));

    [Fact]
    public void ShorteningCutsNoCharacterInHalf()
    {
        Assert.Equal("ab", PlainText.Shorten("ab", 2));
        Assert.Equal("a…", PlainText.Shorten("abc", 2));
        Assert.Equal("a…", PlainText.Shorten("a🙂bc", 3));
    }

    [GeneratedRegex("</?(?<name>[a-z0-9]+)( href=\"[^\"<>]*\"( title=\"[^\"<>]*\")? rel=\"nofollow\")?>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("href=\"(?<target>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();
}
