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
    /// How many rows of a list can have pages: the database counts them one by one to find a page, and nobody who turns pages comes
    /// that far. What is further down is found by its author, tag or words. A list that ends by itself may have more.
    /// </summary>
    public const int Deepest = 100_000;

    /// <summary>
    /// Reads a page and one row more, which tells whether another follows: a count would read the whole table for every page.
    /// </summary>
    /// <param name="rows">The list, in an order without ties.</param>
    /// <param name="number">From 1; what is below is the first page.</param>
    /// <param name="size">Rows a page.</param>
    /// <param name="deepest">How many rows can have pages; all further pages are empty.</param>
    public static Task<Paged<T>> ToPageAsync<T>(this IQueryable<T> rows, int number, int size, CancellationToken cancellationToken, int deepest = Deepest) =>
        ReadAsync(number, size, (skipped, taken) => (skipped == 0 ? rows : rows.Skip(skipped)).Take(taken), cancellationToken, deepest);

    /// <summary>Reads a page of a list that is asked for in another way than by <see cref="Queryable.Skip"/> and Take.</summary>
    /// <param name="number">From 1; what is below is the first page.</param>
    /// <param name="size">Rows a page.</param>
    /// <param name="rows">Given how many rows to skip and how many to take: these rows.</param>
    /// <param name="deepest">How many rows can have pages; all further pages are empty.</param>
    public static async Task<Paged<T>> ReadAsync<T>(
        int number, int size, Func<int, int, IQueryable<T>> rows, CancellationToken cancellationToken, int deepest = Deepest)
    {
        number = Math.Max(number, 1);
        var skipped = (number - 1L) * size;
        if (skipped >= deepest)
        {
            return new Paged<T>([], number, HasNext: false);
        }
        var items = await rows((int)skipped, size + 1).ToListAsync(cancellationToken);
        return items.Count <= size ? new Paged<T>(items, number, HasNext: false) : new Paged<T>(items.GetRange(0, size), number, skipped + size < deepest);
    }

    /// <summary>The number of the last page of a list.</summary>
    public static int LastPage(int count, int size) => Math.Max(1, (count + size - 1) / size);
}
