using Flasky.Web.Layout;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Api;

/// <summary>One page of a list, with the addresses of its neighbours.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Prev">The address of the page before. Null: this is the first.</param>
/// <param name="Next">The address of the page after. Null: this is the last.</param>
/// <param name="Count">How many rows all pages have.</param>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Prev, string? Next, int Count);

internal static class ApiPageQueries
{
    /// <summary>Reads a page. All rows are counted only where the page itself does not tell how many there are.</summary>
    /// <param name="rows">The list, in an order without ties.</param>
    /// <param name="number">From 1; what is below is the first page. Null: the first, too.</param>
    /// <param name="size">Rows a page.</param>
    /// <param name="path">The list's address.</param>
    public static async Task<ApiPage<T>> ToApiPageAsync<T>(this IQueryable<T> rows, PageNumber? number, int size, string path, CancellationToken cancellationToken)
    {
        var page = await rows.ToPageAsync(number?.Value ?? 1, size, cancellationToken);
        var isLast = !page.HasNext && (page.Items.Count > 0 || page.Number == 1);
        var count = isLast ? ((page.Number - 1) * size) + page.Items.Count : await rows.CountAsync(cancellationToken);
        return new ApiPage<T>(page.Items, page.Number > 1 ? $"{path}?page={page.Number - 1}" : null, page.HasNext ? $"{path}?page={page.Number + 1}" : null, count);
    }
}
