using System.ComponentModel.DataAnnotations;

namespace Flasky.Web.Account;

/// <summary>A new password, typed twice.</summary>
public class NewPasswordForm
{
    // The upper limit bounds the work of hashing.
    [Display(Name = "Password"), Required(ErrorMessage = "Please choose a password.")]
    [StringLength(128, MinimumLength = 10, ErrorMessage = "Please choose a password of at least {2} characters and at most {1}.")]
    public string Password { get; set; } = "";

    [Display(Name = "Password, again"), Required(ErrorMessage = "Please enter the password again.")]
    [StringLength(128, ErrorMessage = "A password has at most {1} characters.")]
    [Compare(nameof(Password), ErrorMessage = "The two passwords are not the same.")]
    public string PasswordAgain { get; set; } = "";
}
