using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Statements;

/// <summary>
/// Keeps the plans of statements that ask for it, on each connection: PostgreSQL would plan them anew every time, which takes longer than
/// to read a page of rows from an index.
/// </summary>
public static class PreparedStatements
{
    internal const string Mark = "prepared";

    /// <summary>
    /// Lets the database keep the plan of this statement. Only where the same plan is good whatever the values: not for a tag or for words
    /// of a search, of which a frequent one and a rare one are found in different ways.
    /// </summary>
    public static IQueryable<T> Prepared<T>(this IQueryable<T> rows) => rows.TagWith(Mark);
}
