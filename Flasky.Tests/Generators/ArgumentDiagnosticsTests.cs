namespace Flasky.Tests.Generators;

public sealed class ArgumentDiagnosticsTests
{
    [Theory]
    [InlineData("object", "declare the type")]
    [InlineData("dynamic", "declare the type")]
    [InlineData("Action<int>", "code does not leave the process")]
    [InlineData("System.IO.Stream", "holds something of this process")]
    [InlineData("System.Net.Http.HttpClient", "holds something of this process")]
    [InlineData("Context", "holds something of this process")]
    [InlineData("Task", "await it")]
    [InlineData("ValueTask<int>", "await it")]
    [InlineData("IAsyncEnumerable<int>", "await it")]
    [InlineData("CancellationToken", "a token of its own")]
    [InlineData("IntPtr", "an address")]
    [InlineData("nuint", "an address")]
    [InlineData("Type", "this build of the program")]
    [InlineData("System.Numerics.BigInteger", "read back zero")]
    [InlineData("(int, string)", "declare a record")]
    [InlineData("int[,]", "array of arrays")]
    [InlineData("IShape", "[JsonDerivedType")]
    [InlineData("Shape", "[JsonDerivedType")]
    [InlineData("Hidden", "no constructor")]
    [InlineData("Undecided", "no constructor")]
    [InlineData("Unmatched", "takes 'seed'")]
    [InlineData("Money", "[JsonConstructor]")]
    [InlineData("Closed", "[JsonInclude]")]
    [InlineData("System.Collections.IList", "declare a List")]
    [InlineData("System.Collections.ObjectModel.ReadOnlyCollection<int>", "cannot be filled")]
    [InlineData("IEnumerator<int>", "holds something of this process")]
    [InlineData("System.Linq.ILookup<int, int>", "too little")]
    [InlineData("Dictionary<Order, int>", "as the key")]
    [InlineData("List<System.IO.Stream>", "holds something of this process")]
    [InlineData("Dictionary<string, List<Action>>", "code does not leave the process")]
    [InlineData("System.Collections.Immutable.ImmutableArray<object>", "declare the type")]
    [InlineData("nint?", "an address")]
    [InlineData("Deep", "Job.Value.Orders[].Blob")]
    [InlineData("Listed", "Listed2.Blob")]
    public async Task AnArgumentThatCannotTravelIsAnError(string type, string reason)
    {
        var error = Assert.Single(await JobCompilation.ErrorsAsync(Job(type)));
        Assert.Equal("FLASKY006", error.Id);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal("Value", error.At);
    }

    [Theory]
    [InlineData("int")]
    [InlineData("string?")]
    [InlineData("decimal?")]
    [InlineData("Guid")]
    [InlineData("DateTimeOffset")]
    [InlineData("DateOnly?")]
    [InlineData("TimeSpan")]
    [InlineData("Uri")]
    [InlineData("DayOfWeek")]
    [InlineData("byte[]")]
    [InlineData("ReadOnlyMemory<byte>")]
    [InlineData("int[][]")]
    [InlineData("System.Text.Json.JsonElement")]
    [InlineData("System.Text.Json.JsonDocument")]
    [InlineData("Order")]
    [InlineData("List<Order>")]
    [InlineData("IReadOnlyList<Order?>")]
    [InlineData("Dictionary<DayOfWeek, Dictionary<Guid, Order[]>>")]
    [InlineData("IReadOnlyDictionary<string, Order>")]
    [InlineData("HashSet<int>")]
    [InlineData("Stack<int>")]
    [InlineData("List<KeyValuePair<string, int>>")]
    [InlineData("System.Collections.Immutable.ImmutableArray<Order>")]
    [InlineData("System.Collections.Immutable.ImmutableDictionary<string, int>")]
    [InlineData("Tree")]
    [InlineData("Growing<int>")]
    [InlineData("Animal")]
    [InlineData("Celsius")]
    [InlineData("Marked")]
    [InlineData("MarkedMoney")]
    [InlineData("Point")]
    [InlineData("Ignoring")]
    [InlineData("Opened")]
    [InlineData("Computed")]
    public async Task AnArgumentThatTravelsIsAccepted(string type) =>
        Assert.Empty(await JobCompilation.ErrorsAsync(Job(type)));

    [Fact]
    public async Task APointerIsAnError()
    {
        var errors = await JobCompilation.ErrorsAsync("""[Job("j")] public sealed unsafe class Pointing : IJob { public int* Address { get; set; } }""");
        Assert.Contains("an address", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AResultThatCannotTravelIsAnErrorToo()
    {
        const string job = """[Job("j")] public sealed record Asking : IJob<List<System.IO.Stream>>;""";
        var error = Assert.Single(await JobCompilation.ErrorsAsync(job));
        Assert.Contains("result of Asking", error.Message, StringComparison.Ordinal);
        Assert.Empty(await JobCompilation.ErrorsAsync(job.Replace("System.IO.Stream", "Guid", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AFlawOfABaseClassElsewhereIsReportedAtTheJob()
    {
        var library = new JobCompilation("public abstract record Base(System.IO.Stream Body);");
        const string job = """[Job("j")] public sealed record Heir() : Base(System.IO.Stream.Null), IJob;""";
        foreach (var reference in new[] { library.ToAssembly("Library"), library.ToProject("Library") })
        {
            var error = Assert.Single(await JobCompilation.ErrorsAsync(job, reference));
            Assert.Contains("'Heir.Body'", error.Message, StringComparison.Ordinal);
            Assert.Equal("Heir", error.At);
        }
    }

    private static string Job(string type) => $$"""
        [Job("j")] public sealed record Job({{type}} Value) : IJob;

        public sealed record Order(int Id, string? Note);
        public sealed record Tree(string Name, List<Tree> Children, Tree? Parent);
        public sealed record Growing<T>(T Item, Growing<List<T>>? Next);
        public interface IShape;
        public abstract record Shape(int Sides);
        public class Context : IAsyncDisposable { public ValueTask DisposeAsync() => default; }
        public sealed class Hidden { private Hidden() { } }
        public sealed class Undecided { public Undecided(int a) { } public Undecided(string b) { } public int A { get; } public string? B { get; } }
        public sealed class Unmatched(int seed) { public int Value => seed; }
        public readonly struct Money { public Money(decimal amount) => Amount = amount; public decimal Amount { get; } }
        public readonly struct MarkedMoney { [JsonConstructor] public MarkedMoney(decimal amount) => Amount = amount; public decimal Amount { get; } }
        public readonly record struct Point(int X, int Y);
        public sealed class Closed { public int Count { get; private set; } }
        public sealed class Opened { [JsonInclude] public int Count { get; private set; } }
        public sealed class Marked { [JsonConstructor] private Marked(int a) => A = a; public Marked(string b) => A = b.Length; public int A { get; } }
        public sealed record Ignoring(int A) { [JsonIgnore] public System.IO.Stream? Body { get; init; } [JsonIgnore] public Action? Callback { get; set; } }
        public sealed record Computed(int A) { public int Twice => A * 2; public static object Default { get; } = new(); public int this[int i] => A + i; }
        public sealed record Deep(List<DeepOrder> Orders);
        public sealed record DeepOrder(int Id, System.IO.Stream Blob);
        [JsonDerivedType(typeof(Cat), "cat")] [JsonDerivedType(typeof(Dog), "dog")] public abstract record Animal(string Name);
        public sealed record Cat(string Name, bool Purrs) : Animal(Name);
        public sealed record Dog(string Name) : Animal(Name);
        [JsonPolymorphic] [JsonDerivedType(typeof(Listed2), "two")] public abstract record Listed;
        public sealed record Listed2(System.IO.Stream Blob) : Listed;
        [JsonConverter(typeof(CelsiusConverter))] public abstract class Celsius;
        public sealed class CelsiusConverter : JsonConverter<Celsius>
        {
            public override Celsius? Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => throw new NotSupportedException();
            public override void Write(System.Text.Json.Utf8JsonWriter writer, Celsius value, System.Text.Json.JsonSerializerOptions options) => throw new NotSupportedException();
        }
        """;
}
