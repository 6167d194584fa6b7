using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Flasky.Jobs;

/// <summary>A duration lies between two bounds, or is one of them. Unlike <see cref="RangeAttribute"/> it survives trimming.</summary>
/// <param name="least">As <c>00:00:01</c>.</param>
/// <param name="most">As <c>30.00:00:00</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute(string least, string most) : ValidationAttribute
{
    public string Least => least;

    public string Most => most;

    public override bool IsValid(object? value) => value is null || value is TimeSpan duration
        && duration >= TimeSpan.Parse(least, CultureInfo.InvariantCulture)
        && duration <= TimeSpan.Parse(most, CultureInfo.InvariantCulture);

    public override string FormatErrorMessage(string name) => $"{name} must be between {least} and {most}.";
}
