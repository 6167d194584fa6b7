using Flasky.Mailbox.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Flasky.Mailbox.Web;

/// <summary>The addresses of the page; where MailPit has the same, they mean the same.</summary>
internal static class MailboxEndpoints
{
    public static void MapMailbox(this WebApplication app, MailboxServices services, CancellationToken stopping)
    {
        var store = services.Store;
        app.Use(LocalOnly.Guard);
        app.MapAssets();
        app.MapMailpitApi(services);

        app.MapGet("/", (HttpContext context, int? start) => ListPage.Show(context, services, null, start));
        app.MapGet("/search", (HttpContext context, string? q, int? start) => ListPage.Show(context, services, q, start));
        app.MapGet("/events", (CancellationToken aborted) => LiveUpdates.Stream(services, aborted, stopping));

        app.MapGet("/view/{id}.html", (HttpContext context, string id) =>
            store.FindOrLatest(id) is { } message ? HtmlFrame.Show(context, message) : PageLayout.NotFound(context));
        app.MapGet("/view/{id}.txt", (HttpContext context, string id) =>
            store.FindOrLatest(id) is { } message ? Results.Text(message.Text) : PageLayout.NotFound(context));
        app.MapGet("/view/latest", () => Results.Redirect(store.FindOrLatest("latest") is { } message ? $"/view/{message.Id}" : "/"));
        app.MapGet("/view/{id}", (HttpContext context, string id, string? side) =>
            store.Find(id) is { } message ? MessagePage.Show(context, services, message, side) : PageLayout.NotFound(context));

        app.MapPost("/delete", async (HttpContext context) =>
        {
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
            if (form["id"] is [{ } id]) store.Delete([id]);
            else store.DeleteAll();
            // 303: reloading the page that follows must not delete again.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/";
        });
    }
}
