using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>Turns the events of one request into the attributes of its activity, which is the current one at each event.</summary>
internal sealed class RequestObserver(AspNetCoreTraceInstrumentationOptions options) : IObserver<KeyValuePair<string, object?>>
{
    internal const string Start = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start";
    internal const string Stop = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Stop";
    internal const string UnhandledException = "Microsoft.AspNetCore.Hosting.UnhandledException";
    internal const string HandledException = "Microsoft.AspNetCore.Diagnostics.UnhandledException";

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity)
        {
            return;
        }
        switch (value)
        {
            case { Key: Start, Value: HttpContext context } when IsWanted(context):
                RequestAttributes.OnStart(activity, context.Request);
                break;
            case { Key: Start }:
                activity.IsAllDataRequested = false;
                activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
                break;
            case { Key: Stop, Value: HttpContext context }:
                RequestAttributes.OnStop(activity, context);
                break;
            case { Key: UnhandledException or HandledException, Value: { } payload } when ExceptionOf(payload) is { } exception:
                RequestAttributes.OnException(activity, exception, options.RecordException);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private bool IsWanted(HttpContext context)
    {
        try
        {
            return options.Filter?.Invoke(context) ?? true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // By the contract of Filter: tracing never fails a request.
            return false;
        }
    }

    // The payload's type is private to the framework; the property is spelled either way.
    private static Exception? ExceptionOf(object payload)
    {
        var type = payload.GetType();
        return (type.GetProperty("exception") ?? type.GetProperty("Exception"))?.GetValue(payload) as Exception;
    }
}
