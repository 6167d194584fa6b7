using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Flasky.Web.Account;

/// <summary>Shows what is wrong with a password beside the field that it is wrong in.</summary>
internal static class PasswordErrors
{
    /// <param name="model">The form's state.</param>
    /// <param name="result">What was refused.</param>
    /// <param name="present">The field of the present password. Null: the form has none.</param>
    public static void Add(this ModelStateDictionary model, IdentityResult result, string? present = null)
    {
        foreach (var error in result.Errors)
        {
            var (field, text) = error.Code == nameof(IdentityErrorDescriber.PasswordMismatch) && present is not null
                ? (present, "This is not your present password.")
                : ("Input.Password", error.Description);
            model.AddModelError(field, text);
        }
    }
}
