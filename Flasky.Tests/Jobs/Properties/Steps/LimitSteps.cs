using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>Sets or removes a limit.</summary>
/// <param name="Which">One of <see cref="Scopes"/>.</param>
/// <param name="Limit">Null: it is removed.</param>
internal sealed record LimitStep(int Which, ModelLimit? Limit) : Step
{
    public static readonly LimitScope[] Scopes = [LimitScope.Queue, LimitScope.Job<LimitedPlay>(), LimitScope.Key(Names.LimitKeys[0]), LimitScope.EveryKey];

    public override async Task RunAsync(World world)
    {
        var (scope, limits) = (Scopes[Which % Scopes.Length], world.Theatre.Limits);
        var (limit, changed) = (Limit, true);
        if (limit is null)
            changed = await limits.RemoveAsync(scope, world.Queue, TestContext.Current.CancellationToken);
        else
            await limits.SetAsync(scope, new JobLimit(limit.Most, limit.Every is { } every ? JobRate.Per(every * Terms.Unit, 1, limit.Burst) : null), world.Queue, TestContext.Current.CancellationToken);
        World.Same(world.Model.Limit($"{scope}", limit), changed, $"Whether the limit of {scope} changed");
        world.Meet(limit is null ? changed ? "limit: removed" : "limit: none" : "limit: set");
    }

    public override IEnumerable<Step> Simpler() => Limit is { Most: not null, Every: not null }
        ? [this with { Limit = Limit with { Every = null } }, this with { Limit = Limit with { Most = null } }] : [];
}
