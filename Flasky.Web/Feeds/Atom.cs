using System.Globalization;
using System.Xml;
using Flasky.Web.Posts;
using Flasky.Web.Writing;

namespace Flasky.Web.Feeds;

/// <summary>Writes a feed as RFC 4287 has it.</summary>
internal static class Atom
{
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <param name="root">What every address starts with, without a slash at the end.</param>
    /// <param name="path">The path of the page that the feed belongs to.</param>
    /// <param name="self">The path of the feed.</param>
    public static byte[] Write(string root, string path, string self, string title, IReadOnlyList<PostView> posts)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Namespace);
            Element("id", root + path);
            Element("title", title);
            Link("self", root + self);
            Link("alternate", root + path);
            Element("updated", Time(posts.Count == 0 ? DateTimeOffset.UnixEpoch : posts.Max(static post => post.EditedAt ?? post.Timestamp)));
            foreach (var post in posts)
            {
                xml.WriteStartElement("entry", Namespace);
                Element("id", $"{root}/post/{post.Id}");
                Element("title", Title(post.Body));
                Link("alternate", $"{root}/post/{post.Id}");
                Element("published", Time(post.Timestamp));
                Element("updated", Time(post.EditedAt ?? post.Timestamp));
                xml.WriteStartElement("author", Namespace);
                Element("name", post.AuthorName);
                Element("uri", $"{root}/user/{post.AuthorName}");
                xml.WriteEndElement();
                foreach (var tag in post.Tags)
                {
                    xml.WriteStartElement("category", Namespace);
                    xml.WriteAttributeString("term", tag);
                    xml.WriteEndElement();
                }
                xml.WriteStartElement("content", Namespace);
                xml.WriteAttributeString("type", "html");
                xml.WriteString(post.BodyHtml);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();

            void Element(string name, string text) => xml.WriteElementString(name, Namespace, text);

            void Link(string relation, string address)
            {
                xml.WriteStartElement("link", Namespace);
                xml.WriteAttributeString("rel", relation);
                xml.WriteAttributeString("href", address);
                xml.WriteEndElement();
            }
        }
        return bytes.ToArray();
    }

    // Posts have no titles, and a feed's entries must.
    private static string Title(string body) => PlainText.Shorten(body.Split('\n', 2)[0].TrimStart('#', '>', '-', '*', ' '), 80);

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
