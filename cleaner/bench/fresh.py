"""What a fresh process pays: importing, the first document, memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.bench.texts import MB

_START = """
import sys, time
text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
times = [time.perf_counter()]
import regex
times.append(time.perf_counter())
import cleaner
times.append(time.perf_counter())
cleaner.clean(text)
times.append(time.perf_counter())
print([after - before for before, after in zip(times, times[1:])])
"""
_MEMORY = """
import json, sys
import cleaner
from cleaner.bench.fresh import peak
peaks = [peak()]
for row in sys.stdin:
    cleaner.clean(json.loads(row))
    peaks.append(peak())
# After the import, after the first document, after all of usual size, after the last, large one.
print(json.dumps([peaks[0], peaks[1], peaks[-2], peaks[-1]]))
"""


class Start(NamedTuple):
    """Seconds on the clock, each the best of several processes.

    Attributes:
        regex: `import regex`.
        cleaner: `import cleaner` after that.
        cached: the first document, with the index of the packs in the user's cache folder.
        uncached: the first document where the index has to be made, once for each version.
    """

    regex: float
    cleaner: float
    cached: float
    uncached: float


class Memory(NamedTuple):
    """Peak memory of a process in MB: after the import, after the first document, after all, and after one large one."""

    imported: float
    first: float
    all: float
    large: float


def start(text: str, times: int = 5) -> Start:
    """Clean one text in a fresh process `times` times, and once or twice without the cached index, which takes seconds."""
    data = text.encode("utf-8", "surrogatepass")
    with tempfile.TemporaryDirectory() as folder:
        bare = [_timed(data, os.path.join(folder, str(n))) for n in range(1 if times < 3 else 2)]
        cached = [_timed(data, os.path.join(folder, "0")) for _ in range(times)]
    regex, beyond, first = (min(run[n] for run in cached) for n in range(3))
    return Start(regex, beyond, first, min(run[2] for run in bare))


def memory(texts: Sequence[str], megabytes: float = 1) -> Memory | None:
    """Clean all texts one by one in a fresh process, then as many as make a document of `megabytes`; None on Windows."""
    if peak() is None:
        return None
    large = list[str]()
    length = 0
    while length < megabytes * MB:
        large.append(texts[len(large) % len(texts)])
        length += len(large[-1]) + 1
    rows = "".join(json.dumps(text) + "\n" for text in [*texts, "\n".join(large)])
    return Memory(*json.loads(_run(_MEMORY, rows.encode(), os.environ)))


def peak() -> float | None:
    """The most memory that this process ever had, in MB; None where the system does not say."""
    try:
        # What `getrusage` says of a process on Linux begins with what its parent had.
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        pass
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _timed(data: bytes, cache: str) -> list[float]:
    found: list[float] = json.loads(_run(_START, data, {**os.environ, "XDG_CACHE_HOME": cache}))
    return found


def _run(source: str, data: bytes, env: os._Environ[str] | dict[str, str]) -> bytes:
    home = str(Path(__file__).parent.parent.parent)
    env = {**env, "PYTHONPATH": os.pathsep.join(filter(None, (home, env.get("PYTHONPATH", ""))))}
    return subprocess.run([sys.executable, "-c", source], input=data, env=env, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603
