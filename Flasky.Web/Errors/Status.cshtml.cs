using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Errors;

/// <summary>The page of a status code. It answers any method, since it stands in for whatever was asked for.</summary>
[IgnoreAntiforgeryToken]
public sealed class StatusModel : PageModel
{
    /// <summary>The status code.</summary>
    public int Code { get; private set; }

    /// <summary>In a few words.</summary>
    public string Heading { get; private set; } = "";

    /// <summary>What to do about it.</summary>
    public string Advice { get; private set; } = "";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // Not by model binding, which may fail on the very body that is the error.
        Code = int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);
        Response.StatusCode = Code;
        (Heading, Advice) = Code switch
        {
            400 => ("That did not work", "The form was too old or incomplete. Go back, reload the page and send it again."),
            403 => ("Not for you", "Your account is not allowed to see this page."),
            404 => ("Page not found", "There is nothing at this address. It may have moved, or there may be a typo in the link."),
            405 => ("That did not work", "This address is not meant to be opened like this."),
            413 => ("Too large", "What you sent is larger than this page takes."),
            >= 500 => ("Something went wrong", "It is our fault, not yours. Please try again in a moment."),
            _ => ("That did not work", "The request could not be answered."),
        };
    }
}
