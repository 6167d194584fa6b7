using System.ComponentModel.DataAnnotations;
using Flasky.Data.Posts;

namespace Flasky.Web.Writing;

/// <summary>A post as it is written or changed.</summary>
public sealed class PostForm : IValidatableObject
{
    /// <summary>The text, in Markdown.</summary>
    [Display(Name = "What's on your mind?"), Required(ErrorMessage = "Please write something first.")]
    [StringLength(Post.MaxBodyLength, ErrorMessage = "A post has at most {1} characters.")]
    public string Body { get; set => field = PlainText.Clean(value); } = "";

    /// <summary>The tags, as <see cref="PostTags.Parse"/> reads them.</summary>
    [Display(Name = "Tags")]
    [StringLength(500, ErrorMessage = "These are too many tags.")]
    public string? Tags { get; set => field = PlainText.CleanOrNull(value); }

    /// <summary>Which button was pressed.</summary>
    public PostAction Action { get; set; }

    /// <summary>The tags of a valid form.</summary>
    public string[] ParsedTags => PostTags.Parse(Tags) ?? [];

    /// <summary>The text as it will look. Null: nobody asked.</summary>
    public string? PreviewHtml => Action == PostAction.Preview && Body.Length > 0 ? Markup.PostHtml(Body) : null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PostTags.Parse(Tags) is null)
        {
            yield return new ValidationResult(
                $"Please give at most {PostTags.MaxCount} tags of letters, digits and hyphens, each of at most {PostTags.MaxLength} characters.", [nameof(Tags)]);
        }
    }
}

/// <summary>What becomes of the text in the form.</summary>
public enum PostAction
{
    /// <summary>Everybody may read it.</summary>
    Publish,

    /// <summary>It is kept for its author.</summary>
    SaveDraft,

    /// <summary>It is only shown as it would look.</summary>
    Preview,
}
