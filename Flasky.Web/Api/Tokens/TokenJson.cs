using System.ComponentModel;

namespace Flasky.Web.Api.Tokens;

/// <summary>A new token.</summary>
internal sealed record TokenJson(
    [property: Description("The token: a user name with an empty password, or a bearer token.")] string Token,
    [property: Description("After how many seconds it stops working.")] int Expiration);
