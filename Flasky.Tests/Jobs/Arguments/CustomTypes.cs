using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Arguments;

public readonly record struct UserId(int Value);

public enum Urgency
{
    Low = 1,
    High = 5,
}

public sealed record Address(string Street, string? Door);

public sealed record Recipient(UserId Id, Address Home, Urgency Urgency);

[Job("test.everything")]
public sealed record Everything(
    UserId Sender,
    Recipient First,
    List<Recipient> Others,
    Dictionary<string, List<Recipient>> ByCity,
    Dictionary<Urgency, DateTimeOffset> Deadlines,
    (int Low, int High)? Range,
    UserId? Deputy,
    DateOnly Day,
    TimeSpan Patience,
    decimal Price,
    Guid Token,
    Uri Link,
    byte[] Picture) : IJob;

// What the application owns names its members itself.
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(Transfer), "transfer")]
public abstract record Payment(decimal Amount);

public sealed record Card(decimal Amount, string Last4) : Payment(Amount);

public sealed record Transfer(decimal Amount, string Iban) : Payment(Amount);

public sealed record Voucher(decimal Amount) : Payment(Amount);

// What it does not own, or does not want to know of JSON, is named where jobs are configured.
public interface IShape;

public sealed record Circle(double Radius) : IShape;

public sealed record Square(double Side) : IShape;

[Job("test.mixed")]
public sealed record Mixed(Payment? Main, List<Payment> Payments, Dictionary<string, IShape> Shapes, Nested Deep) : IJob;

public sealed record Nested(IShape[] Shapes, Payment Payment);

public readonly record struct Money(decimal Amount, string Currency);

[Job("test.invoice")]
public sealed record Invoice(Money Total, List<Money> Lines, Dictionary<string, Money> Taxes, Invoice? Previous) : IJob;

/// <summary>Writes money as <c>12.30 EUR</c>.</summary>
public sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!.Split(' ') is [var amount, var currency]
            ? new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), currency)
            : throw new JsonException("Money is written as '12.30 EUR'.");

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.Amount} {value.Currency}"));
}

[Job("test.generated")]
public sealed record Generated(UserId User, List<Payment> Payments) : IJob;

[JsonSerializable(typeof(Generated))]
internal sealed partial class GeneratedJson : JsonSerializerContext;
