using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Users;

namespace Flasky.Web.Admin;

/// <summary>All of an account that an administrator may change.</summary>
public sealed class EditUserForm : ProfileForm
{
    [Display(Name = "E-mail"), Required(ErrorMessage = "Please enter an e-mail address."), MailAddress]
    [StringLength(User.MaxLength, ErrorMessage = "An e-mail address has at most {1} characters here.")]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [Display(Name = "User name"), Required(ErrorMessage = "Please enter a user name.")]
    [StringLength(User.MaxLength, ErrorMessage = "A user name has at most {1} characters.")]
    [RegularExpression(User.UserNamePattern, ErrorMessage = "A user name starts with a letter, and has only letters, digits, dots and underscores.")]
    public string UserName { get; set => field = value?.Trim() ?? ""; } = "";

    [Display(Name = "The address is confirmed")]
    public bool IsConfirmed { get; set; }

    [Display(Name = "Role"), Required(ErrorMessage = "Please choose a role.")]
    public string Role { get; set; } = "";
}
