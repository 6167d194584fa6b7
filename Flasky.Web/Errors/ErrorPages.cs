using Microsoft.Net.Http.Headers;

namespace Flasky.Web.Errors;

/// <summary>What people and programs see when something goes wrong; never a framework's words, nor where in the code it was.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        // Read once, and free of layout, user and database: whatever broke, this page can be sent.
        var page = app.Environment.WebRootFileProvider.GetFileInfo("500.html");
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = static e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            ExceptionHandler = context =>
            {
                // 413 and the like have a page among the status pages.
                if (context.Response.StatusCode < StatusCodes.Status500InternalServerError)
                {
                    return Task.CompletedTask;
                }
                context.Response.Headers.Vary = HeaderNames.Accept;
                if (ErrorFormat.IsJson(context.Request))
                {
                    return context.Response.WriteAsJsonAsync(ErrorBody.Of(context.Response.StatusCode), ErrorJson.Default.ErrorBody);
                }
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.SendFileAsync(page);
            },
        });
    }
}
