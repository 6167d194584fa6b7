using System.Globalization;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>Commands of several processes in the order in which Redis gets them.</summary>
internal sealed record Story(IReadOnlyList<Step> Steps)
{
    /// <exception cref="StoryException">The queue broke its word.</exception>
    public async Task PlayAsync(Theatre theatre)
    {
        var world = new World(theatre);
        try
        {
            await world.StartAsync();
            foreach (var step in Steps)
            {
                world.Begin(step);
                await step.RunAsync(world);
                await world.CheckAsync();
            }
            await Epilogue.PlayAsync(world);
        }
        catch (Exception e)
        {
            throw new StoryException($"{e.Message.TrimEnd()}\n\nThe story:\n{string.Join('\n', world.Trace)}\n\n{(e is StoryException ? "" : e)}");
        }
    }

    /// <summary>Shorter stories, and then plainer ones.</summary>
    public static IEnumerable<Story> Shrink(Story story)
    {
        var steps = story.Steps;
        for (var size = steps.Count; size > 0; size /= 2)
        {
            for (var start = 0; start < steps.Count; start += size)
                yield return new Story([.. steps.Take(start), .. steps.Skip(start + size)]);
        }
        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var simpler in steps[i].Simpler())
                yield return new Story([.. steps.Take(i), simpler, .. steps.Skip(i + 1)]);
        }
    }

    public override string ToString() => string.Join('\n', Steps.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1,4}. {step}")));
}
