namespace MailKit.Net.Smtp;

/// <summary>A server's reply.</summary>
/// <param name="StatusCode">Its code.</param>
/// <param name="Response">Its text; several lines are joined by line feeds.</param>
internal readonly record struct SmtpResponse(SmtpStatusCode StatusCode, string Response)
{
    /// <summary>2yz.</summary>
    internal bool IsPositive => (int)StatusCode is >= 200 and < 300;

    internal SmtpCommandException Unexpected() => new(SmtpErrorCode.UnexpectedStatusCode, StatusCode, Response);
}
