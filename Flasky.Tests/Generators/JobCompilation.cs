using System.Collections.Immutable;
using System.Globalization;
using Flasky.Jobs.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flasky.Tests.Generators;

/// <summary>A small program that uses Flasky.Jobs, compiled in memory with the generator and the analyzer of the package.</summary>
internal sealed class JobCompilation
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Flasky.Jobs;
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    // Of the tests' own assemblies only the library, so that no other jobs are in sight.
    private static readonly ImmutableArray<MetadataReference> Library = [..
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "Flasky.Jobs.dll" or "netstandard.dll"
                || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    public JobCompilation(string source, params IEnumerable<MetadataReference> references)
    {
        Source = CSharpCompilation.Create("Program",
            [CSharpSyntaxTree.ParseText(Usings, Language), CSharpSyntaxTree.ParseText(source, Language)],
            Library.AddRange(references),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        Driver = NewDriver().RunGeneratorsAndUpdateCompilation(Source, out var whole, out _, Cancellation);
        Whole = whole;
    }

    /// <summary>As it was written.</summary>
    public CSharpCompilation Source { get; }

    /// <summary>With what was generated.</summary>
    public Compilation Whole { get; }

    public GeneratorDriver Driver { get; }

    /// <summary>The generated file. Null: there is none.</summary>
    public string? Generated => Driver.GetRunResult().GeneratedTrees.SingleOrDefault(tree => tree.FilePath.EndsWith("JobHandlers.g.cs", StringComparison.Ordinal))?.ToString();

    /// <summary>What the compiler itself has against the whole; warnings too.</summary>
    public IEnumerable<Diagnostic> CompilerDiagnostics =>
        Whole.GetDiagnostics(Cancellation).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What the analyzer reports for a source that the compiler accepts.</summary>
    public static async Task<IReadOnlyList<BuildError>> ErrorsAsync(string source, params IEnumerable<MetadataReference> references)
    {
        var program = new JobCompilation(source, references);
        Assert.DoesNotContain(program.CompilerDiagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var found = await program.Whole
            .WithAnalyzers([new JobAnalyzer()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), ThrowOn, concurrentAnalysis: true, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync(Cancellation);
        Assert.All(found, diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic =>
            new BuildError(diagnostic.Id, diagnostic.GetMessage(CultureInfo.InvariantCulture), diagnostic.Location.SourceTree!.GetText(Cancellation).ToString(diagnostic.Location.SourceSpan)))];
    }

    /// <summary>The compiled assembly, for another program to reference.</summary>
    public MetadataReference ToAssembly(string name)
    {
        var stream = new MemoryStream();
        var result = Whole.WithAssemblyName(name).Emit(stream, cancellationToken: Cancellation);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    /// <summary>The same as a project reference, as an editor makes it: its symbols have places in source that is not the program's own.</summary>
    public MetadataReference ToProject(string name) => Whole.WithAssemblyName(name).ToMetadataReference();

    private static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new HandleAllGenerator().AsSourceGenerator()], parseOptions: Language,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static void ThrowOn(Exception error, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException(diagnostic.ToString(), error);
}

/// <param name="Id">As FLASKY001.</param>
/// <param name="Message">What the build prints.</param>
/// <param name="At">The text it is reported at.</param>
internal sealed record BuildError(string Id, string Message, string At);
