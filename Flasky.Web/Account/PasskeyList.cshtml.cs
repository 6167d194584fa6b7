using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Adds and removes passkeys.</summary>
[Authorize, ChecksIdentity]
public sealed class PasskeyListModel(CurrentUser current, UserManager<User> users, Passkeys passkeys) : PageModel
{
    /// <summary>The passkeys, oldest first.</summary>
    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    /// <summary>What a new one is to be called.</summary>
    [BindProperty, Display(Name = "Name"), Required(ErrorMessage = "Please give it a name.")]
    [StringLength(Account.Passkeys.MaxNameLength, ErrorMessage = "A name has at most {1} characters.")]
    public string Name { get; set; } = "";

    public async Task OnGetAsync() => Passkeys = [.. (await users.GetPasskeysAsync(current.User!)).OrderBy(passkey => passkey.CreatedAt)];

    public async Task<IActionResult> OnPostOptionsAsync() => Content(await passkeys.CreationOptionsAsync(current.User!), "application/json");

    public async Task<IActionResult> OnPostAddAsync(string? credential)
    {
        if (!ModelState.IsValid)
        {
            await OnGetAsync();
            return Page();
        }
        if (await passkeys.AddAsync(current.User!, credential, Name.Trim()))
        {
            Flash.Add(TempData, FlashKind.Success, $"You can log in with {Name.Trim()} from now on.");
        }
        else
        {
            Flash.Add(TempData, FlashKind.Problem, $"The passkey was not added. Please try again; an account has at most {Account.Passkeys.Max}.");
        }
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? id)
    {
        if (id is not null && Base64Url.IsValid(id) && (await users.RemovePasskeyAsync(current.User!, Base64Url.DecodeFromChars(id))).Succeeded)
        {
            Flash.Add(TempData, FlashKind.Note, "The passkey is removed. Delete it from your device, too.");
        }
        return RedirectToPage();
    }

    internal static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);
}
