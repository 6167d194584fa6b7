using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace Flasky.Web.Account;

/// <summary>Accepts what mail can be sent to: one address, without a display name. Null and empty are left to <see cref="RequiredAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MailAddressAttribute() : ValidationAttribute("This is not a valid e-mail address.")
{
    public override bool IsValid(object? value) => value switch
    {
        null or "" => true,
        string text => MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)),
        _ => false,
    };
}
