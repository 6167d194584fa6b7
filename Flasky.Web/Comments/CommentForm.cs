using System.ComponentModel.DataAnnotations;
using Flasky.Data.Comments;
using Flasky.Web.Writing;

namespace Flasky.Web.Comments;

/// <summary>A comment as it is written.</summary>
public sealed class CommentForm
{
    /// <summary>The text, in Markdown.</summary>
    [Display(Name = "Your comment"), Required(ErrorMessage = "Please write something first.")]
    [StringLength(Comment.MaxBodyLength, ErrorMessage = "A comment has at most {1} characters.")]
    public string Body { get; set => field = PlainText.Clean(value); } = "";
}
