using Flasky.Web.Errors;

namespace Flasky.Web.Api.Documents;

/// <summary>Says what an endpoint does, takes and answers.</summary>
internal static class EndpointDescriptions
{
    // What every endpoint may answer.
    private static readonly int[] Always = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests];

    /// <param name="summary">In a few words.</param>
    /// <param name="description">What is to be known beyond that.</param>
    /// <param name="statuses">What it may answer besides <see cref="Always"/>; 200, if none of them is a success.</param>
    public static RouteHandlerBuilder Describe<T>(this RouteHandlerBuilder endpoint, string summary, string description, params int[] statuses)
    {
        var success = statuses.FirstOrDefault(status => status < StatusCodes.Status300MultipleChoices, StatusCodes.Status200OK);
        return endpoint.Produces<T>(success).Describe(summary, description, [.. statuses.Where(status => status != success)]);
    }

    /// <summary>The same of one that answers without a body.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary, string description, params int[] statuses)
    {
        endpoint.WithSummary(summary).WithDescription(description.Length > 0 ? description : $"{summary}.");
        foreach (var status in statuses.Concat(Always).Order())
        {
            if (status < StatusCodes.Status300MultipleChoices)
            {
                endpoint.Produces(status);
            }
            else
            {
                endpoint.Produces<ErrorBody>(status);
            }
        }
        return endpoint;
    }

    /// <summary>Says what body it reads. It reads it itself: what the framework would answer to a bad one says too little.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new TakesBody(typeof(T)));
}

/// <summary>The type of an endpoint's body.</summary>
internal sealed record TakesBody(Type Type);
