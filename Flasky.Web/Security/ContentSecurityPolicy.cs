using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Flasky.Web.Security;

/// <summary>What a page may load: this site's own, and of scripts only those that the page itself names.</summary>
internal static class ContentSecurityPolicy
{
    private const string Rest =
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; script-src ";

    /// <summary>The policy of a response: a script needs the nonce of its page, or there is none at all.</summary>
    public static string Of(HttpContext context) => Rest + (context.Items[typeof(ContentSecurityPolicy)] is string nonce ? $"'nonce-{nonce}'" : "'none'");

    /// <summary>The nonce of this response, made when it is first asked for.</summary>
    public static string Nonce(HttpContext context) =>
        (string)(context.Items[typeof(ContentSecurityPolicy)] ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
}

/// <summary>Gives every script element of our pages the nonce that the policy asks for.</summary>
[HtmlTargetElement("script")]
public sealed class ScriptNonceTagHelper : TagHelper
{
    /// <summary>The view that the script is in.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Attributes.SetAttribute("nonce", ContentSecurityPolicy.Nonce(ViewContext.HttpContext));
}
