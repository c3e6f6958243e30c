"""NeMo Curator: a text modifier. It needs no package of NeMo: their `Modify` takes any callable for a modifier."""

from __future__ import annotations

from cleaner.corpus.batch import Batch


class ArticleCleaner:
    """What `nemo_curator.stages.text.modifiers.Modify` takes: `Modify(ArticleCleaner(), input_fields="text")`.

    A modifier gives text back and nothing else: the guard can keep a document as it was, but not drop or flag it.

    Args:
        batch: pipeline and guard; None for the default ones.

    Raises:
        ValueError: a guard that would drop or flag.

    >>> ArticleCleaner().modify_document("Rain fell.\\nAdvertisement")
    'Rain fell.'
    """

    name = __name__ = "article_cleaner"

    def __init__(self, batch: Batch | None = None) -> None:
        self.batch = batch or Batch()
        if self.batch.guard.action != "keep":
            raise ValueError(f"a modifier can only keep documents, not {self.batch.guard.action} them")

    def modify_document(self, text: str) -> str:
        """The article alone."""
        return self.batch.row(text).text

    __call__ = modify_document
