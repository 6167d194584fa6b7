using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Decides where each endpoint is, before anything starts.</summary>
internal sealed class Ports(EngineSettings settings) : IDisposable
{
    private const string Loopback = "localhost";

    private readonly List<PortReservation> reservations = [];

    public void Dispose() => reservations.ForEach(reservation => reservation.Dispose());

    /// <summary>Allocates every endpoint of the model.</summary>
    /// <exception cref="DistributedApplicationException">A port that the model wants is in use; the message names all of them.</exception>
    internal void Allocate(DistributedApplicationModel model)
    {
        var taken = new List<string>();
        foreach (var resource in model.Resources)
        {
            var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
            if (endpoints.Length > 0 && resource.GetReplicaCount() > 1)
                throw new DistributedApplicationException($"The resource '{resource.Name}' has both an endpoint and several replicas, which needs the proxy of the real Aspire packages.");

            foreach (var endpoint in endpoints)
            {
                var wanted = settings.RandomPorts && endpoint.IsProxied ? null : endpoint.Port;
                if (PortReservation.TryReserve(wanted) is { } reservation)
                {
                    reservations.Add(reservation);
                    endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, Loopback, reservation.Port);
                }
                else
                {
                    taken.Add($"{wanted} ({resource.Name}, {endpoint.Name})");
                }
            }
        }

        if (taken.Count > 0)
            throw new DistributedApplicationException($"{(taken.Count == 1 ? "This port is" : "These ports are")} in use by another program: {string.Join(", ", taken)}. Stop that program (perhaps another run of this application), or change the port.");
    }

    /// <summary>Lets a process listen on its ports where a reservation would be in its way.</summary>
    internal void Release(IResource resource)
    {
        // Linux lets a second socket listen on a port that is bound but not listened on; others do not.
        if (OperatingSystem.IsLinux())
            return;

        var numbers = resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.AllocatedEndpoint?.Port).ToHashSet();
        foreach (var reservation in reservations.Where(reservation => numbers.Contains(reservation.Port)))
            reservation.Dispose();
    }
}
