using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Flasky.Jobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Arguments;

/// <summary>The code of docs/arguments.md.</summary>
internal static class ArgumentsExample
{
    public static void AddToBoth(IHostApplicationBuilder builder)
    {
        builder.Services.Configure<JobJsonOptions>(json =>
        {
            json.SerializerOptions.Converters.Add(new MoneyConverter());
            json.Polymorphic<IShape>().Add<Circle>("circle").Add<Square>("square");
        });
    }

    public static void AddEncryption(IHostApplicationBuilder builder, DirectoryInfo keys)
    {
        builder.Services.AddDataProtection().SetApplicationName("shop").PersistKeysToFileSystem(keys);
        builder.AddJobEncryption();
    }

    public static void AddGenerated(IHostApplicationBuilder builder) =>
        builder.Services.Configure<JobJsonOptions>(json => json.SerializerOptions.TypeInfoResolver = ShopJson.Default);

    public static void AddToWorker(JobWorkerBuilder worker) =>
        worker
            .Handle<SendNewsletter, SendNewsletterHandler>()
            .Upcast("mail.newsletter", from: 1, old => new JsonObject { ["to"] = new JsonArray(old["to"]!.DeepClone()) })
            .Upcast("mail.newsletter", from: 2, old => { old["language"] = "en"; return old; });
}

// Version 1 had one reader ("to": "susan"), version 2 had many, version 3 has a language.
[Job("mail.newsletter", Version = 3)]
public sealed record SendNewsletter(List<string> To, string Language) : IJob;

[Job("cards.charge", Encrypted = true)]
public sealed record ChargeCard(string CardNumber, decimal Amount) : IJob;

[JsonSerializable(typeof(SendNewsletter))]
[JsonSerializable(typeof(ChargeCard))]
internal sealed partial class ShopJson : JsonSerializerContext;

public sealed class SendNewsletterHandler(Collected<SendNewsletter> collected) : IJobHandler<SendNewsletter>
{
    public Task HandleAsync(SendNewsletter job, JobContext context, CancellationToken cancellationToken)
    {
        collected.Add(job, context);
        return Task.CompletedTask;
    }
}
