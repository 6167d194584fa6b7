using Flasky.Data;
using Flasky.Data.Tokens;
using Flasky.Web.Account;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Api.Tokens;

/// <summary>Lists a user's API tokens, makes new ones and revokes them.</summary>
[Authorize, ChecksIdentity]
public sealed class TokensModel(CurrentUser current, FlaskyDbContext db, TokenWriter writer, TimeProvider time) : PageModel
{
    /// <summary>The form for a new one.</summary>
    [BindProperty]
    public TokenForm Input { get; set; } = new();

    /// <summary>The tokens that work, the newest first.</summary>
    public IReadOnlyList<ApiToken> Tokens { get; private set; } = [];

    /// <summary>The token that was just made, which is shown only now. Null: none was.</summary>
    public string? NewToken { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => Tokens = await db.WorkingTokens(time.GetUtcNow()).AsNoTracking()
        .Where(token => token.UserId == current.User!.Id)
        .OrderByDescending(token => token.CreatedAt).ThenByDescending(token => token.Id)
        .ToListAsync(cancellationToken);

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
        {
            NewToken = await writer.WriteAsync(current.User!, Input.Name, Input.Scopes, Input.Lifetime, cancellationToken);
            if (NewToken is null)
            {
                ModelState.AddModelError("Input.Name", $"An account has at most {TokenWriter.MaxNamed} tokens. Please revoke one first.");
            }
        }
        await OnGetAsync(cancellationToken);
        // Nobody who goes back in this browser shall see it again.
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(int id, CancellationToken cancellationToken)
    {
        if (await writer.RevokeAsync(current.User!.Id, id, cancellationToken))
        {
            Flash.Add(TempData, FlashKind.Success, "The token is revoked. Whatever used it is refused from now on.");
        }
        return RedirectToPage();
    }
}
