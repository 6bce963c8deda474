"""What clinicians need to review the content: findings of a careful reader, figures, and sheets to sign."""
