using System.Buffers;
using System.Text;

namespace Flasky.Data.Users;

/// <summary>
/// Tells the passwords that are tried first: one or two common words, with digits, signs or years around them and letters
/// swapped for look-alikes; runs along the alphabet, the digits or the keyboard; a short piece over and over.
/// </summary>
internal static class GuessablePassword
{
    /// <summary>The fewest characters that must be left of a password without its guessable parts.</summary>
    public const int MinRest = 4;

    private const int LongestWord = 16;

    // Both directions, and around the ends.
    private static readonly string[] Runs =
        [.. new[] { "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm" }
            .SelectMany(run => new[] { run, string.Concat(run.Reverse()) })];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly HashSet<string> Words = ReadWords();

    /// <summary>Whether <paramref name="password"/> is among the first guesses.</summary>
    public static bool IsCommon(string password)
    {
        var plain = password.ToLowerInvariant();
        // What stands after a word, and before it, is a number more often than letters in disguise.
        var start = plain.TakeWhile(c => !char.IsLetter(c)).Count();
        var end = plain.Length - plain.Reverse().TakeWhile(c => !char.IsLetter(c)).Count();
        return Repeats(plain) || IsRun(plain) || IsWords(Letters(plain))
            || (start < end && (IsWords(Letters(Unswapped(plain[..end]))) || IsWords(Letters(Unswapped(plain[start..end])))));
    }

    /// <summary>Whether little is left of <paramref name="password"/> without what is known about its owner.</summary>
    public static bool IsMostly(string password, string known) =>
        known.Length >= MinRest
        && password.Contains(known, StringComparison.OrdinalIgnoreCase)
        && password.Replace(known, "", StringComparison.OrdinalIgnoreCase).Length < 2 * MinRest;

    private static bool Repeats(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (Enumerable.Range(length, text.Length - length).All(i => text[i] == text[i % length]))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the text, but for a few characters, is pieces of runs, each of three characters or more.</summary>
    private static bool IsRun(string text)
    {
        var rest = 0;
        for (var i = 0; i < text.Length;)
        {
            var length = Runs.Max(run => Along(run, text.AsSpan(i)));
            (i, rest) = length >= 3 ? (i + length, rest) : (i + 1, rest + 1);
        }
        return rest < MinRest;
    }

    private static int Along(string run, ReadOnlySpan<char> text)
    {
        var start = run.IndexOf(text[0], StringComparison.Ordinal);
        return start < 0 ? 0 : run.AsSpan(start).CommonPrefixLength(text);
    }

    private static bool IsWords(string letters)
    {
        // Mostly digits and signs: a word of three letters or less says nothing.
        if (letters.Length < MinRest)
        {
            return false;
        }
        return Words.Contains(letters) || Enumerable.Range(1, letters.Length - 1).Any(i => Words.Contains(letters[..i]) && Words.Contains(letters[i..]));
    }

    /// <summary>The letters, if what else there is may be known to everybody: digits and signs around them and between.</summary>
    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text.Where(char.IsLetter).Take((2 * LongestWord) + 1))
        {
            letters.Append(c);
        }
        return text.Length - letters.Length <= Allowed(text) ? letters.ToString() : "";
    }

    /// <summary>A date has eight digits, and a few signs stand around it; more than that is a secret of its own.</summary>
    private static int Allowed(string text) => text.AsSpan().ContainsAny(Digits) ? 10 : 4;

    private static string Unswapped(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o', '1' or '!' or '|' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' or '+' => 't', '8' => 'b', '9' => 'g', _ => c,
    }));

    private static HashSet<string> ReadWords()
    {
        using var stream = typeof(GuessablePassword).Assembly.GetManifestResourceStream("common-words.txt")
            ?? throw new InvalidOperationException("The list of common words is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
