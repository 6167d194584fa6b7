using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Posts;

/// <summary>The table of posts. Every list of them is read from an index in its order, never sorted.</summary>
internal static class PostModel
{
    private const string Published = "NOT \"IsDraft\"";

    public static void AddPosts(this ModelBuilder builder) => builder.Entity<Post>(post =>
    {
        post.ToTable("Posts");
        post.Property(p => p.Body).HasMaxLength(Post.MaxBodyLength);
        // English for the stems of words, "simple" for names and for every other language.
        post.Property(p => p.SearchVector).HasComputedColumnSql("""to_tsvector('english', "Body") || to_tsvector('simple', "Body")""", stored: true);
        post.HasOne(p => p.Author).WithMany().HasForeignKey(p => p.AuthorId).OnDelete(DeleteBehavior.Cascade);
        post.HasIndex(p => new { p.Timestamp, p.Id }).HasFilter(Published).IsDescending();
        post.HasIndex(p => new { p.AuthorId, p.IsDraft, p.Timestamp, p.Id }).IsDescending(false, false, true, true);
        post.HasIndex(p => p.Tags).HasMethod("gin").HasFilter(Published);
        post.HasIndex(p => p.SearchVector).HasMethod("gin").HasFilter(Published);
    });
}
