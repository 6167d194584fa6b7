namespace System.Runtime.CompilerServices;

/// <summary>What records need of the runtime; .NET Standard 2.0 does not have it.</summary>
internal static class IsExternalInit;
