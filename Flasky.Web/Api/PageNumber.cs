using System.Globalization;

namespace Flasky.Web.Api;

/// <summary>The number of a page in a query; what is no number stands for the first page.</summary>
internal readonly record struct PageNumber(int Value)
{
    public static bool TryParse(string? text, out PageNumber number)
    {
        number = new PageNumber(int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 1);
        return true;
    }
}
