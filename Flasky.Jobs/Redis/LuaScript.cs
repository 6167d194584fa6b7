using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>One of the .lua files beside this class, embedded in the assembly.</summary>
internal sealed partial class LuaScript
{
    public static readonly LuaScript Enqueue = new("enqueue");
    public static readonly LuaScript Schedule = new("schedule");
    public static readonly LuaScript Append = new("append");
    public static readonly LuaScript Deliver = new("deliver");
    public static readonly LuaScript Ring = new("ring");
    public static readonly LuaScript Look = new("look");
    public static readonly LuaScript Reap = new("reap");
    public static readonly LuaScript Heartbeat = new("heartbeat");
    public static readonly LuaScript Complete = new("complete");
    public static readonly LuaScript Start = new("start");
    public static readonly LuaScript Settle = new("settle");
    public static readonly LuaScript Progress = new("progress");
    public static readonly LuaScript Cancel = new("cancel");
    public static readonly LuaScript Show = new("show");
    public static readonly LuaScript Retire = new("retire");
    public static readonly LuaScript Release = new("release");
    public static readonly LuaScript Leave = new("leave");

    public static readonly LuaScript RecurringSet = new("recurring-set");
    public static readonly LuaScript RecurringRemove = new("recurring-remove");
    public static readonly LuaScript RecurringPause = new("recurring-pause");
    public static readonly LuaScript RecurringResume = new("recurring-resume");
    public static readonly LuaScript RecurringDue = new("recurring-due");
    public static readonly LuaScript RecurringTick = new("recurring-tick");
    public static readonly LuaScript RecurringList = new("recurring-list");

    public static readonly LuaScript WorkflowDefine = new("workflow-define");
    public static readonly LuaScript WorkflowCreate = new("workflow-create");
    public static readonly LuaScript WorkflowBegin = new("workflow-begin");
    public static readonly LuaScript WorkflowBegun = new("workflow-begun");
    public static readonly LuaScript WorkflowEnd = new("workflow-end");
    public static readonly LuaScript LimitSet = new("limit-set");
    public static readonly LuaScript LimitsDeclare = new("limits-declare");
    public static readonly LuaScript LimitsShow = new("limits-show");
    public static readonly LuaScript Pause = new("pause");
    public static readonly LuaScript Resume = new("resume");
    public static readonly LuaScript Statistics = new("statistics");
    public static readonly LuaScript Kept = new("kept");
    public static readonly LuaScript Entries = new("entries");
    public static readonly LuaScript Purge = new("purge");
    public static readonly LuaScript Trim = new("trim");
    public static readonly LuaScript Presence = new("presence");
    public static readonly LuaScript Workers = new("workers");
    public static readonly LuaScript Known = new("known");
    public static readonly LuaScript Policy = new("policy");

    private readonly string text;

    private LuaScript(string name) => text = Include().Replace(Read(name), include => Read("lib." + include.Groups["name"].Value));

    private static string Read(string name)
    {
        using var stream = typeof(LuaScript).Assembly.GetManifestResourceStream($"Flasky.Jobs.Redis.Scripts.{name}.lua")
            ?? throw new InvalidOperationException($"The script {name}.lua is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Runs the script by its hash; the client sends the text itself when the server does not know it yet.</summary>
    public async Task<RedisResult> RunAsync(IDatabase redis, RedisKey[] keys, RedisValue[] values)
    {
        // Should the master be away for a moment, the client would else ask a replica: it refuses writes, and what it reads may be old.
        try
        {
            return await redis.ScriptEvaluateAsync(text, keys, values, CommandFlags.DemandMaster).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server restarted or flushed its scripts: nothing ran. The client has forgotten the hash by now and
            // sends the text this time.
            return await redis.ScriptEvaluateAsync(text, keys, values, CommandFlags.DemandMaster).ConfigureAwait(false);
        }
    }

    /// <summary>Redis has no modules: what scripts share is put in the place of a line <c>-- @include name</c>.</summary>
    [GeneratedRegex("^-- @include (?<name>[a-z]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Include();
}
