namespace Flasky.Jobs.Testing.Memory;

/// <summary>Keys that somebody has for a time. Not thread-safe.</summary>
internal sealed class KeysInUse<TKey, TValue>(TimeProvider time) where TKey : notnull
{
    private readonly Dictionary<TKey, (TValue Value, long UntilMs)> held = [];

    public bool TryGet(TKey key, out TValue value)
    {
        if (held.TryGetValue(key, out var found) && found.UntilMs > time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            value = found.Value;
            return true;
        }
        held.Remove(key);
        value = default!;
        return false;
    }

    public void Set(TKey key, TValue value, long untilMs) => held[key] = (value, untilMs);

    public void Remove(TKey key) => held.Remove(key);
}
