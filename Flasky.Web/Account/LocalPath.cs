using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Goes on to where the reader wanted to go, within this site.</summary>
internal static class LocalPath
{
    /// <param name="page">The page that is done.</param>
    /// <param name="next">A local path. Null, or anything else: the home page.</param>
    public static LocalRedirectResult ContinueTo(this PageModel page, string? next) => page.LocalRedirect(page.Url.IsLocalUrl(next) ? next! : "/");
}
