using System.Globalization;

namespace Flasky.Emails;

/// <summary>
/// What all e-mails share. Tables and inline styles, because that is what mail clients agree on; the style sheet only
/// adds what some of them know: dark mode and narrow screens.
/// </summary>
internal static class EmailLayout
{
    private const string Font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    /// <param name="title">The heading.</param>
    /// <param name="preheader">What lists of messages show behind the subject; not shown in the message.</param>
    /// <param name="content">The paragraphs.</param>
    /// <param name="footer">Why the reader gets this.</param>
    /// <param name="unsubscribe">Where the reader gets no more of these. Null: they cannot be switched off.</param>
    internal static string Page(string title, string preheader, Html content, string footer, Uri? unsubscribe = null) => Html.Of($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{{title}}</title>
        <style>
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (max-width: 520px) {
          .frame { padding: 16px 8px !important; }
          .card { padding: 24px 20px !important; }
        }
        @media (prefers-color-scheme: dark) {
          .page { background-color: #12161c !important; }
          .card { background-color: #1c232c !important; border-color: #313b47 !important; }
          .text, .brand { color: #e8edf2 !important; }
          .quiet { color: #a9b4c0 !important; }
          .link { color: #8ab8ff !important; }
        }
        </style>
        </head>
        <body class="page" style="margin:0;padding:0;background-color:#f2f4f7;-webkit-text-size-adjust:100%">
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{{preheader}}{{Filler}}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr><td class="page frame" align="center" bgcolor="#f2f4f7" style="background-color:#f2f4f7;padding:32px 16px">
        <!--[if mso]><table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
        <tr><td class="brand" style="{{Font}};font-size:18px;font-weight:700;color:#1b2733;padding:0 4px 16px">Flasky</td></tr>
        <tr><td class="card" bgcolor="#ffffff" style="background-color:#ffffff;border:1px solid #dfe4ea;border-radius:10px;padding:32px">
        <h1 class="text" style="{{Font}};font-size:24px;line-height:1.3;font-weight:700;color:#1b2733;margin:0 0 16px">{{title}}</h1>
        {{content}}
        </td></tr>
        <tr><td class="quiet" style="{{Font}};font-size:13px;line-height:1.5;color:#5b6875;padding:16px 4px 0">{{footer}}{{Unsubscribe(unsubscribe)}}</td></tr>
        </table>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr>
        </table>
        </body>
        </html>

        """).ToString();

    /// <summary>A time as readers of every zone understand it.</summary>
    internal static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm 'UTC on' d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day as readers of every zone understand it.</summary>
    internal static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    internal static Html Paragraph(Html text) =>
        Html.Of($"""<p class="text" style="{Font};font-size:16px;line-height:1.5;color:#1b2733;margin:0 0 16px;overflow-wrap:anywhere">{text}</p>""");

    internal static Html Note(string text) =>
        Html.Of($"""<p class="quiet" style="{Font};font-size:14px;line-height:1.5;color:#5b6875;margin:0">{text}</p>""");

    /// <summary>What somebody else wrote.</summary>
    internal static Html Quote(string text) =>
        Html.Of($"""<p class="text" style="{Font};font-size:16px;line-height:1.5;color:#1b2733;margin:0 0 24px;padding:0 0 0 16px;border-left:4px solid #1f5fbf;overflow-wrap:anywhere">{Html.Lines(text)}</p>""");

    internal static Html Button(string label, Uri link) => Html.Of($"""
        <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px">
        <tr><td align="center" bgcolor="#1f5fbf" style="background-color:#1f5fbf;border-radius:8px">
        <a href="{link}" style="{Font};display:inline-block;padding:14px 28px;font-size:16px;font-weight:600;line-height:1.25;color:#ffffff;text-decoration:none;border:1px solid #1f5fbf;border-radius:8px">{label}</a>
        </td></tr>
        </table>
        """);

    /// <summary>For clients that show no button, and for readers who want to see where a link leads.</summary>
    internal static Html BareLink(Uri link) => Html.Of($"""
        <p class="quiet" style="{Font};font-size:14px;line-height:1.5;color:#5b6875;margin:0 0 16px">If the button does not work, open this link:<br>
        <a class="link" href="{link}" style="color:#1f5fbf;word-break:break-all;overflow-wrap:anywhere">{link}</a></p>
        """);

    private static Html Unsubscribe(Uri? link) => link is null
        ? default
        : Html.Of($"""<br><a class="link" href="{link}" style="color:#1f5fbf">Get no more e-mails of this kind</a>""");

    /// <summary>Keeps the message's text out of what lists show behind the preheader.</summary>
    private static Html Filler { get; } =
        Html.Of($"&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;");
}
