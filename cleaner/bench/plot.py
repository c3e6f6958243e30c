"""The growth curves as a small picture: SVG written by hand, so that nobody needs a library for it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from cleaner.bench.growth import Point

_COLOURS = ("#1b6ca8", "#c1502e", "#3a7d44", "#8e4585", "#b8860b", "#4a4a4a", "#d1495b", "#00798c")
# Of the picture and of the field in it, in pixels.
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 420, 70, 540, 40, 370


def svg(curves: Mapping[str, Sequence[Point]]) -> str:
    """Time over characters, both by powers of ten; where cost is linear a curve runs along the dashed lines.

    >>> svg({"prose": [Point(1, 100, 0.001), Point(8, 800, 0.008)]}).count("<polyline")
    1
    """
    points = [point for curve in curves.values() for point in curve]
    x = _Scale([point.characters for point in points], _LEFT, _RIGHT)
    y = _Scale([point.seconds for point in points], _BOTTOM, _TOP)
    body = [*_axes(x, y), *_curves(curves, x, y)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


class _Scale:
    """From values to pixels, by whole powers of ten."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low = math.floor(math.log10(min(values)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        return round(self._start + (math.log10(value) - self.low) / (self.high - self.low) * (self._end - self._start), 1)

    def powers(self) -> Iterator[int]:
        yield from range(self.low, self.high + 1)


def _axes(x: _Scale, y: _Scale) -> Iterator[str]:
    yield '<g stroke="#dddddd">'
    for power in x.powers():
        yield f'<line x1="{x(10.0**power)}" y1="{_TOP}" x2="{x(10.0**power)}" y2="{_BOTTOM}"/>'
    for power in y.powers():
        yield f'<line x1="{_LEFT}" y1="{y(10.0**power)}" x2="{_RIGHT}" y2="{y(10.0**power)}"/>'
    yield '</g>\n<g stroke="#999999" stroke-dasharray="4 4">'
    for power in range(y.low - x.high + 1, y.high - x.low):
        # Time is characters times this power of ten, as far as both are in the field.
        low, high = max(x.low, y.low - power), min(x.high, y.high - power)
        if low < high:
            ends = (x(10.0**low), y(10.0 ** (low + power)), x(10.0**high), y(10.0 ** (high + power)))
            yield '<line x1="{}" y1="{}" x2="{}" y2="{}"/>'.format(*ends)
    yield '</g>\n<g fill="#444444">'
    for power in x.powers():
        yield f'<text x="{x(10.0**power)}" y="{_BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>'
    for power in y.powers():
        yield f'<text x="{_LEFT - 8}" y="{y(10.0**power) + 4}" text-anchor="end">{10.0**power:g} s</text>'
    yield f'<text x="{_LEFT}" y="{_TOP - 16}">Processor time by characters of the document (dashed: linear)</text>\n</g>'


def _curves(curves: Mapping[str, Sequence[Point]], x: _Scale, y: _Scale) -> Iterator[str]:
    for n, (name, curve) in enumerate(curves.items()):
        colour, at = _COLOURS[n % len(_COLOURS)], _TOP + 10 + 20 * n
        line = " ".join(f"{x(point.characters)},{y(point.seconds)}" for point in curve)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for point in curve:
            yield f'<circle cx="{x(point.characters)}" cy="{y(point.seconds)}" r="3" fill="{colour}"/>'
        yield f'<rect x="{_RIGHT + 14}" y="{at - 9}" width="10" height="10" fill="{colour}"/>'
        yield f'<text x="{_RIGHT + 30}" y="{at}" fill="#222222">{escape(name)}</text>'
