using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Flasky.Web.Writing;

namespace Flasky.Web.Users;

/// <summary>What users tell about themselves, all of it if they like.</summary>
public class ProfileForm
{
    /// <summary>Null: not told.</summary>
    [Display(Name = "Real name")]
    [StringLength(User.MaxLength, ErrorMessage = "A name has at most {1} characters here.")]
    public string? Name { get; set => field = PlainText.CleanOrNull(value); }

    /// <summary>Null: not told.</summary>
    [Display(Name = "Location")]
    [StringLength(User.MaxLength, ErrorMessage = "A location has at most {1} characters here.")]
    public string? Location { get; set => field = PlainText.CleanOrNull(value); }

    /// <summary>Null: not told.</summary>
    [Display(Name = "About me")]
    [StringLength(User.MaxAboutMeLength, ErrorMessage = "This has at most {1} characters.")]
    public string? AboutMe { get; set => field = PlainText.CleanOrNull(value); }

    internal void ReadFrom(User user) => (Name, Location, AboutMe) = (user.Name, user.Location, user.AboutMe);

    internal void WriteTo(User user) => (user.Name, user.Location, user.AboutMe) = (Name, Location, AboutMe);
}
