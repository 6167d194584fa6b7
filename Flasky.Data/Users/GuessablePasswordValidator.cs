using Microsoft.AspNetCore.Identity;

namespace Flasky.Data.Users;

/// <summary>Refuses passwords that are among the first guesses, for everybody or for this user.</summary>
internal sealed class GuessablePasswordValidator : IPasswordValidator<User>
{
    /// <summary>The error's code when everybody's guesses hold the password.</summary>
    public const string Common = "PasswordIsCommon";

    /// <summary>The error's code when the password is little more than the user's name or address.</summary>
    public const string Own = "PasswordIsOwnName";

    private static readonly IdentityResult CommonResult = IdentityResult.Failed(new IdentityError
    {
        Code = Common,
        Description = "This is one of the passwords that are guessed first. Please choose another: a few random words, say.",
    });

    private static readonly IdentityResult OwnResult = IdentityResult.Failed(new IdentityError
    {
        Code = Own,
        Description = "This password is little more than your name. Please choose another: a few random words, say.",
    });

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var known = new[] { user.UserName, user.Email, user.Email?.Split('@')[0] };
        return Task.FromResult(
            password is null || GuessablePassword.IsCommon(password) ? CommonResult
            : known.Any(text => text is not null && GuessablePassword.IsMostly(password, text)) ? OwnResult
            : IdentityResult.Success);
    }
}
