using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Flasky.Web.Layout;

/// <summary>
/// One line of a form: <c>&lt;field for="Input.Email" type="email" autocomplete="email" hint="..." /&gt;</c> becomes label, input,
/// hint and error, tied together for screen readers. With <c>rows</c> it is a text area.
/// </summary>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper(IHtmlGenerator html) : TagHelper
{
    /// <summary>The property.</summary>
    public required ModelExpression For { get; set; }

    /// <summary>The input's type. A password's value never comes back.</summary>
    public string Type { get; set; } = "text";

    /// <summary>How many lines a text area shows. Zero: an input of one line.</summary>
    public int Rows { get; set; }

    /// <summary>What the browser may fill in; see the HTML standard's autofill names.</summary>
    public string? Autocomplete { get; set; }

    /// <summary>Shown below the input. Null: nothing.</summary>
    public string? Hint { get; set; }

    /// <summary>Whether the input has the focus when the page opens.</summary>
    public bool Focus { get; set; }

    /// <summary>The view that the field is in.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        var error = ViewContext.ModelState.TryGetValue(name, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field invalid");
        output.Content.AppendHtml(html.GenerateLabel(ViewContext, For.ModelExplorer, For.Name, labelText: null, htmlAttributes: null));
        output.Content.AppendHtml(Input(id, error));
        Paragraph("error", $"{id}_error", error);
        Paragraph("hint", $"{id}_hint", Hint);

        void Paragraph(string style, string paragraphId, string? text)
        {
            if (text is not null)
            {
                var paragraph = new TagBuilder("p") { Attributes = { ["class"] = style, ["id"] = paragraphId } };
                paragraph.InnerHtml.Append(text);
                output.Content.AppendHtml(paragraph);
            }
        }
    }

    private TagBuilder Input(string id, string? error)
    {
        var input = Rows > 0
            ? html.GenerateTextArea(ViewContext, For.ModelExplorer, For.Name, Rows, columns: 0, htmlAttributes: null)
            : Type == "password"
            ? html.GeneratePassword(ViewContext, For.ModelExplorer, For.Name, value: null, htmlAttributes: null)
            : html.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, For.Model, format: null, htmlAttributes: null);
        if (Rows == 0)
        {
            input.TagRenderMode = TagRenderMode.SelfClosing;
            input.MergeAttribute("type", Type, replaceExisting: true);
        }
        Set("autocomplete", Autocomplete);
        Set("required", For.Metadata.IsRequired ? "required" : null);
        Set("autofocus", Focus ? "autofocus" : null);
        Set("aria-invalid", error is null ? null : "true");
        Set("aria-describedby", (error, Hint) switch
        {
            (null, null) => null,
            (null, _) => $"{id}_hint",
            (_, null) => $"{id}_error",
            _ => $"{id}_error {id}_hint",
        });
        return input;

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                input.MergeAttribute(name, value, replaceExisting: true);
            }
        }
    }
}
