using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Flasky.Web.Users;

/// <summary><c>&lt;avatar of="user.Id" size="40" /&gt;</c>: a user's picture. It says nothing that the name beside it does not, so it has no text.</summary>
[HtmlTargetElement("avatar", Attributes = "of,size", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTagHelper : TagHelper
{
    /// <summary>The user's id.</summary>
    public int Of { get; set; }

    /// <summary>Its width and height, in CSS pixels.</summary>
    public int Size { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "img";
        output.TagMode = TagMode.SelfClosing;
        output.Attributes.SetAttribute("class", "avatar");
        output.Attributes.SetAttribute("src", Avatar.PathOf(Of));
        output.Attributes.SetAttribute("alt", "");
        output.Attributes.SetAttribute("width", Size);
        output.Attributes.SetAttribute("height", Size);
    }
}
