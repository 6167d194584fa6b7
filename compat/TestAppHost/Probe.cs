using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Flasky.Compat.TestAppHost;

/// <summary>A process that does one thing.</summary>
internal static class Probe
{
    // The rest is the machine's own business.
    private static readonly string[] Shown = ["ASPNETCORE_", "DOTNET_", "OTEL_", "LOGGING__", "ConnectionStrings__", "REDIS_", "services__", "WEB", "PLAIN", "MIXED", "FROM_", "ADDED"];

    internal static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["exit", var code]:
                return int.Parse(code, CultureInfo.InvariantCulture);
            case ["environment"]:
                foreach (var variable in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(variable => Shown.Any(((string)variable.Key).StartsWith)))
                    Console.WriteLine($"{variable.Key}={variable.Value}");
                Console.WriteLine($"directory={Environment.CurrentDirectory}");
                Console.WriteLine("that is all");
                return 0;
            case ["serve"]:
                var app = WebApplication.CreateBuilder(new WebApplicationOptions()).Build();
                app.MapGet("/health", () => Results.Ok());
                await app.RunAsync();
                return 0;
            default:
                using (var host = Host.CreateApplicationBuilder().Build())
                    await host.RunAsync();
                return 0;
        }
    }
}
