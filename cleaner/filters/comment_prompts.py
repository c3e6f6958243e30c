"""Comment-forum prompts: "join the conversation", comment counts, log in to comment, the labels of comment forms."""

from __future__ import annotations

from cleaner.filters.cued import CuedLines


class CommentPrompts(CuedLines):
    """Marks prompts to comment and the labels that belong to a comment form."""

    def __init__(self) -> None:
        super().__init__("comment-forum prompts", "comment_prompt", "Belongs to the comment forum")
