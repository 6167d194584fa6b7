namespace Flasky.Data.Users;

/// <summary>What became of a confirmation token.</summary>
public enum Confirmation
{
    /// <summary>The address is now confirmed.</summary>
    Confirmed,

    /// <summary>It was before, so the token changed nothing.</summary>
    AlreadyConfirmed,

    /// <summary>The token is forged, too old, another user's, or older than the user's last password or address.</summary>
    Rejected,
}
