using System.Diagnostics;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>
/// ASP.NET Core 10 starts an activity for each request but leaves it bare; this hears of its start, stop and failure through
/// the framework's diagnostic listeners. One listener exists for each host in the process.
/// </summary>
internal sealed class RequestListener : IObserver<DiagnosticListener>, IDisposable
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private static readonly HashSet<string> Events =
    [
        Request,
        RequestObserver.Start,
        RequestObserver.Stop,
        RequestObserver.UnhandledException,
        RequestObserver.HandledException,
    ];

    private readonly List<IDisposable> subscriptions = [];
    private readonly RequestObserver observer;
    private readonly IDisposable listeners;

    public RequestListener(AspNetCoreTraceInstrumentationOptions options)
    {
        observer = new RequestObserver(options);
        listeners = DiagnosticListener.AllListeners.Subscribe(this);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.AspNetCore")
        {
            var subscription = value.Subscribe(observer, static (name, _, _) => Events.Contains(name));
            lock (subscriptions)
            {
                subscriptions.Add(subscription);
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        listeners.Dispose();
        lock (subscriptions)
        {
            subscriptions.ForEach(static subscription => subscription.Dispose());
        }
    }
}
