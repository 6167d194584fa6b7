namespace Flasky.Web.Account;

/// <summary>What one part of the site knows about a user. Each part registers its own; together they are the export.</summary>
/// <remarks>
/// Deleting an account deletes the user's row: whatever a part keeps about a user must refer to it, and go with it or lose
/// its reference (ON DELETE CASCADE or SET NULL).
/// </remarks>
public interface IPersonalData
{
    /// <summary>The property's name in the export, for example <c>posts</c>.</summary>
    string Name { get; }

    /// <summary>Reads it, in a form that JSON can show. Never a hash, key or token.</summary>
    Task<object> ReadAsync(int userId, CancellationToken cancellationToken);
}
