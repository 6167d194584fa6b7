using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Comments;

internal static class CommentModel
{
    public static void AddComments(this ModelBuilder builder) => builder.Entity<Comment>(comment =>
    {
        comment.ToTable("Comments");
        comment.Property(c => c.Body).HasMaxLength(Comment.MaxBodyLength);
        comment.HasOne(c => c.Post).WithMany().HasForeignKey(c => c.PostId).OnDelete(DeleteBehavior.Cascade);
        comment.HasOne(c => c.Author).WithMany().HasForeignKey(c => c.AuthorId).OnDelete(DeleteBehavior.Cascade);
        comment.HasIndex(c => new { c.PostId, c.Timestamp, c.Id });
        comment.HasIndex(c => new { c.Timestamp, c.Id }).IsDescending();
        // For the deletion of a user.
        comment.HasIndex(c => c.AuthorId);
    });
}
