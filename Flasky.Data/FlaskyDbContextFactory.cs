using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Flasky.Data;

/// <summary>What <c>dotnet ef migrations add Name --project Flasky.Data</c> starts from; it reads the model and needs no server.</summary>
internal sealed class FlaskyDbContextFactory : IDesignTimeDbContextFactory<FlaskyDbContext>
{
    public FlaskyDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<FlaskyDbContext>().UseNpgsql().Options);
}
