using Flasky.Data;
using Flasky.Data.Users;

namespace Flasky.Web.Commands;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    public const string Usage = """
        Flasky.Web                                  serves the site
        Flasky.Web migrate                          brings the database up to date
        Flasky.Web seed [--users N] [--posts N] [--comments N] [--follows N]
                                                    makes people and what they do, to try the site with; not in Production
        Flasky.Web users list [PART]                shows accounts whose name or address has PART in it
        Flasky.Web users create NAME EMAIL [ROLE]   makes a confirmed account; the password is the first line of standard input
        Flasky.Web users promote NAME ROLE          gives an account a role: User, Moderator or Administrator
        """;

    /// <summary>The command that the arguments ask for. Null: none, so the site is to be served.</summary>
    public static Command? Parse(string[] args) => args switch
    {
        ["migrate", ..] => MigrateAsync,
        ["seed", .. var options] => SeedCommand.Parse(options) ?? ExplainAsync,
        ["users", "list"] => UserCommands.List(null),
        ["users", "list", var part] => UserCommands.List(part),
        ["users", "create", var name, var email] => UserCommands.Create(name, email, Role.User),
        ["users", "create", var name, var email, var role] => UserCommands.Create(name, email, role),
        ["users", "promote", var name, var role] => UserCommands.Promote(name, role),
        ["users", ..] or ["help" or "--help", ..] => ExplainAsync,
        _ => null,
    };

    private static async Task<int> MigrateAsync(CommandContext context)
    {
        await context.Get<DatabaseMigration>().RunAsync();
        return 0;
    }

    private static Task<int> ExplainAsync(CommandContext context) => context.RefuseAsync(Usage);
}
