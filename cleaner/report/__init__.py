"""The audit report: one page that shows documents with what was removed, why, and lets a person correct it."""

from cleaner.report.collect import Source, collect
from cleaner.report.data import Document, describe
from cleaner.report.page import page
from cleaner.report.sample import doubtful_first, sample

__all__ = ["Document", "Source", "collect", "describe", "doubtful_first", "page", "sample"]
