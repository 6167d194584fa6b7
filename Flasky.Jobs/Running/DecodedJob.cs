using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Running;

/// <summary>A handed-out job that can be run. Immutable.</summary>
internal sealed record DecodedJob(
    ClaimedJob Claimed, JobRegistration Registration, IJob Job, WireJob Wire, IReadOnlyDictionary<string, string> Headers, JobDirectives Directives, JobContext Context);
