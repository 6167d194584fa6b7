using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Hosting;

/// <summary>Checks the attributes on the options at start; generated, so nothing is reflected over.</summary>
[OptionsValidator]
internal sealed partial class FlaskyJobsOptionsValidator : IValidateOptions<FlaskyJobsOptions>;

/// <inheritdoc cref="FlaskyJobsOptionsValidator"/>
[OptionsValidator]
internal sealed partial class JobWorkerOptionsValidator : IValidateOptions<JobWorkerOptions>;
