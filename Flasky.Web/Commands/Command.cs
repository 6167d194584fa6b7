namespace Flasky.Web.Commands;

/// <summary>What <c>Flasky.Web</c> does instead of serving the site.</summary>
/// <returns>The exit code: 0, or one above after a line on standard error.</returns>
internal delegate Task<int> Command(CommandContext context);

/// <summary>What a command works with.</summary>
/// <param name="Services">A scope of the process.</param>
/// <param name="Input">Standard input, for what must not stand on a command line.</param>
/// <param name="Output">Where it says what it did.</param>
/// <param name="Errors">Where it says why it did not.</param>
internal sealed record CommandContext(IServiceProvider Services, TextReader Input, TextWriter Output, TextWriter Errors)
{
    /// <summary>The exit code of a command that cannot be carried out as it was given. EX_USAGE of sysexits.h.</summary>
    public const int Refused = 64;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async Task<int> RefuseAsync(string reason)
    {
        await Errors.WriteLineAsync(reason);
        return Refused;
    }
}
