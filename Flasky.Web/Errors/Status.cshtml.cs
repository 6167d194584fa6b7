using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

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
        Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (ErrorFormat.IsJson(Request, HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath))
        {
            context.Result = new JsonResult(ErrorBody.Of(Code));
            return;
        }
        (Heading, Advice) = Code switch
        {
            400 => ("That did not work", "The form was too old or incomplete. Go back, reload the page and send it again."),
            403 => ("Not for you", "Your account is not allowed to see this page."),
            404 => ("Page not found", "There is nothing at this address. It may have moved, or there may be a typo in the link."),
            405 => ("That did not work", "This address is not meant to be opened like this."),
            401 => ("Please log in", "This address is for people who are logged in."),
            413 => ("Too large", "What you sent is larger than this page takes."),
            429 => ("Too many tries", $"Please wait {Wait(Response.Headers.RetryAfter)}, then try again."),
            >= 500 => ("Something went wrong", "It is our fault, not yours. Please try again in a moment."),
            _ => ("That did not work", "The request could not be answered."),
        };
    }

    private static string Wait(string? seconds) =>
        !int.TryParse(seconds, CultureInfo.InvariantCulture, out var wait) ? "a moment"
        : wait <= 90 ? $"{wait} seconds"
        : $"{(wait + 59) / 60} minutes";
}
