"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from typing import Any


class Progress:
    """Shows documents, MB/s, the share of text removed and the time left; nothing where standard error is no terminal.

    Args:
        size: bytes of all inputs.
        show: whether to show it; None for: on a terminal.
    """

    def __init__(self, size: int, show: bool | None = None) -> None:
        self._bar: Any = None
        self._size = size
        if sys.stderr.isatty() if show is None else show:
            from tqdm import tqdm

            self._bar = tqdm(total=size, unit="B", unit_scale=True, file=sys.stderr, dynamic_ncols=True, mininterval=0.2)

    def resumed(self, size: int) -> None:
        """Bytes that an earlier run has done: they count as done, not as speed."""
        if self._bar is not None:
            self._bar.initial += size
            self._bar.update(size)

    def tell(self, done: int, documents: int, read: int, removed: int) -> None:
        """Say how far the run is: bytes and documents done, characters read and removed."""
        if self._bar is None:
            return
        share = removed / read if read else 0.0
        self._bar.set_postfix_str(f"{documents} documents, {share:.1%} removed", refresh=False)
        self._bar.update(max(0, min(done, self._size) - self._bar.n))

    def close(self) -> None:
        """End the bar and leave it on its line."""
        if self._bar is not None:
            self._bar.close()
