"""Notification banners: push and breaking-news alerts, app downloads, follow-for-alerts, bookmarks."""

from __future__ import annotations

from cleaner.filters.cued import CuedLines


class NotificationBanners(CuedLines):
    """Marks prompts to be notified, to get the app, to follow for alerts."""

    def __init__(self) -> None:
        super().__init__("notification banners", "notification", "Offers notifications or an app")
