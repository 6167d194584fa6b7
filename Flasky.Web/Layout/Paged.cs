using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Layout;

/// <summary>One page of a list, as far as the links to the next and the previous one need it.</summary>
public interface IPaged
{
    /// <summary>The page's number, from 1.</summary>
    int Number { get; }

    /// <summary>Whether a page follows.</summary>
    bool HasNext { get; }
}

/// <summary>One page of a list. Past the end it is empty.</summary>
public sealed record Paged<T>(IReadOnlyList<T> Items, int Number, bool HasNext) : IPaged;

/// <summary>Reads lists page by page.</summary>
public static class PagedQueries
{
    /// <summary>
    /// Reads a page and one row more, which tells whether another follows: a count would read the whole table for every page.
    /// </summary>
    /// <param name="rows">The list, in an order without ties.</param>
    /// <param name="number">From 1; what is below is the first page.</param>
    /// <param name="size">Rows a page.</param>
    public static async Task<Paged<T>> ToPageAsync<T>(this IQueryable<T> rows, int number, int size, CancellationToken cancellationToken)
    {
        number = Math.Max(number, 1);
        var skipped = (int)Math.Min((number - 1L) * size, int.MaxValue);
        var items = await (skipped == 0 ? rows : rows.Skip(skipped)).Take(size + 1).ToListAsync(cancellationToken);
        return new Paged<T>(items.Count <= size ? items : items.GetRange(0, size), number, items.Count > size);
    }

    /// <summary>The number of the last page of a list.</summary>
    public static int LastPage(int count, int size) => Math.Max(1, (count + size - 1) / size);
}
