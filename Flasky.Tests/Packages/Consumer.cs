namespace Flasky.Tests.Packages;

/// <summary>A small program that uses a package the way product code does, and prints whose type it got.</summary>
internal static class Consumer
{
    public const string Name = "Consumer";

    public static string Output(string file) => Path.Combine(Name, "bin", "Debug", "net10.0", file);

    public static void WriteTo(string repository)
    {
        var folder = Directory.CreateDirectory(Path.Combine(repository, Name)).FullName;
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <UsesMailKit>true</UsesMailKit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MailKit" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            Console.Write(typeof(MimeKit.MimeMessage).Assembly.GetName().Name);

            """);
    }
}
