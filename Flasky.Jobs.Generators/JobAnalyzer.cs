using System.Collections.Immutable;
using Flasky.Jobs.Generators.Arguments;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flasky.Jobs.Generators;

/// <summary>Finds in the build what the queue would otherwise refuse at run time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        JobDiagnostics.NoName, JobDiagnostics.InvalidName, JobDiagnostics.OneNameTwice,
        JobDiagnostics.NoHandler, JobDiagnostics.TwoHandlers, JobDiagnostics.NotSerialisable,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(JobTypes.Job) is not { } job)
                return;
            var seen = new SeenJobs();
            start.RegisterSymbolAction(context => CheckType(context, seen), SymbolKind.NamedType);
            start.RegisterOperationAction(context => seen.AddCall((Microsoft.CodeAnalysis.Operations.IInvocationOperation)context.Operation), OperationKind.Invocation);
            start.RegisterCompilationEndAction(context => new WorkerCheck(context, seen, ReferencedJobs.Of(context.Compilation, job.ContainingAssembly)).Report());
        });
    }

    private static void CheckType(SymbolAnalysisContext context, SeenJobs seen)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        seen.AddHandler(type);
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || !JobTypes.IsJob(type))
            return;
        seen.AddJob(type);
        if (JobTypes.JobAttribute(type) is { } attribute)
            CheckNames(context, type, attribute);
        else if (!type.IsAbstract && !TravelsAsItsBase(type))
            context.ReportDiagnostic(Diagnostic.Create(JobDiagnostics.NoName, type.Locations[0], Short(type)));
        else
            return;
        foreach (var (at, flaw) in JobArguments.FlawsOf(type))
            context.ReportDiagnostic(Diagnostic.Create(JobDiagnostics.NotSerialisable, at, flaw.Path, Short(flaw.Type), flaw.Reason));
    }

    private static void CheckNames(SymbolAnalysisContext context, INamedTypeSymbol job, AttributeData attribute)
    {
        if (JobTypes.NameOf(job) is { } name)
            Check("wire name", name);
        if (attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Queue").Value.Value is string queue)
            Check("queue", queue);

        void Check(string what, string text)
        {
            if (!Serialization.JobNameRule.IsValid(text))
                context.ReportDiagnostic(Diagnostic.Create(JobDiagnostics.InvalidName, LocationOf(attribute, job, context.CancellationToken), what, Short(job), text));
        }
    }

    /// <summary>Enqueued under the name of a polymorphic base, which lists it.</summary>
    private static bool TravelsAsItsBase(INamedTypeSymbol job)
    {
        for (var type = job.BaseType; type is not null; type = type.BaseType)
        {
            if (JobTypes.JobAttribute(type) is not null && JsonAttributes.DerivedTypes(type).Contains(job, SymbolEqualityComparer.Default))
                return true;
        }
        return false;
    }

    private static Location LocationOf(AttributeData attribute, INamedTypeSymbol job, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? job.Locations[0];

    internal static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
