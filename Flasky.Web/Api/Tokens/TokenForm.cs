using System.ComponentModel.DataAnnotations;
using Flasky.Data.Tokens;
using Flasky.Web.Writing;

namespace Flasky.Web.Api.Tokens;

/// <summary>A token as its owner wants it.</summary>
public sealed class TokenForm : IValidatableObject
{
    /// <summary>The lifetimes to choose from, in days. Zero: until it is revoked.</summary>
    public static readonly IReadOnlyList<int> Lifetimes = [30, 90, 365, 0];

    /// <summary>What it is for.</summary>
    [Display(Name = "Name"), Required(ErrorMessage = "Please give it a name.")]
    [StringLength(ApiToken.MaxNameLength, ErrorMessage = "A name has at most {1} characters.")]
    public string Name { get; set => field = PlainText.Clean(value); } = "";

    /// <summary>Whether <see cref="ApiScopes.Read"/> is chosen.</summary>
    public bool Read { get; set; } = true;

    /// <summary>Whether <see cref="ApiScopes.Write"/> is chosen.</summary>
    public bool Write { get; set; }

    /// <summary>Whether <see cref="ApiScopes.Moderate"/> is chosen.</summary>
    public bool Moderate { get; set; }

    /// <summary>One of <see cref="Lifetimes"/>.</summary>
    [Display(Name = "Works for")]
    public int Days { get; set; } = 90;

    /// <summary>What was chosen.</summary>
    public ApiScopes Scopes =>
        (Read ? ApiScopes.Read : ApiScopes.None) | (Write ? ApiScopes.Write : ApiScopes.None) | (Moderate ? ApiScopes.Moderate : ApiScopes.None);

    /// <summary>How long it is to work. Null: until it is revoked.</summary>
    public TimeSpan? Lifetime => Days == 0 ? null : TimeSpan.FromDays(Days);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Scopes == ApiScopes.None)
        {
            yield return new ValidationResult("Please choose what it may be used for.", [nameof(Read)]);
        }
        if (!Lifetimes.Contains(Days))
        {
            yield return new ValidationResult("Please choose one of these times.", [nameof(Days)]);
        }
    }
}
