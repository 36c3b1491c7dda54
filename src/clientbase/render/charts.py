"""Pictures as SVG in a page: in shares of the page's width, so that a phone reads them too."""

from __future__ import annotations

from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING

from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.render.pictures import BarChart, Plot

MOST_BARS = 60  # more are a list, and stand in the table
MOST_SIGNS = 28  # of a label, beside its value on a phone
STEP, BASELINE, BAR_TOP, BAR_HEIGHT = 38, 13, 19, 12
PLOT_TOP, PLOT_HEIGHT, PLOT_FOOT = 18, 200, 22
SIGN, BESIDE = 8, 8  # how wide a sign of a label is at most, and what is between it and the picture
COLOURS = 4


def bars(chart: BarChart, ident: str) -> Iterator[str]:
    """Draw bars, each under its label and what it comes to."""
    shown = min(len(chart.labels), MOST_BARS)
    name = _("{figure} by {name}").format(figure=", ".join(chart.parts), name=chart.of)
    yield "<figure>"
    yield f"<figcaption>{_caption(chart, name)}{_part(shown, len(chart.labels))}</figcaption>"
    yield from _opened(ident, STEP * shown, name, _told(chart))
    for place in range(shown):
        top = STEP * place
        label, value = _short(chart.labels[place]), chart.values[place]
        yield f'<text x="0" y="{top + BASELINE}">{escape(label)}</text>'
        yield (
            f'<text class="soft" x="100%" y="{top + BASELINE}" text-anchor="end">'
            f"{escape(value)}</text>"
        )
        yield from _stacked(chart.lengths[place], top + BAR_TOP)
    yield "</svg>"
    yield "</figure>"


def _stacked(lengths: tuple[float, ...], top: int) -> Iterator[str]:
    starts = accumulate(lengths, initial=0.0)
    for number, (start, length) in enumerate(zip(starts, lengths, strict=False)):
        if length > 0:
            yield (
                f'<rect class="p{number % COLOURS + 1}" x="{_percent(start)}" y="{top}" '
                f'width="{_percent(length)}" height="{BAR_HEIGHT}"/>'
            )


def _percent(share: float) -> str:
    return f"{100 * share:.4f}".rstrip("0").rstrip(".") + "%"


def _short(label: str) -> str:
    return label if len(label) <= MOST_SIGNS else label[: MOST_SIGNS - 1].rstrip() + "…"


def _caption(chart: BarChart, name: str) -> str:
    if len(chart.parts) == 1:
        return escape(name)
    dots = (
        f'<span><svg class="dot" aria-hidden="true"><rect class="p{n % COLOURS + 1}" '
        f'width="100%" height="100%"/></svg>{escape(part)}</span>'
        for n, part in enumerate(chart.parts)
    )
    return " ".join(dots)


def _part(shown: int, count: int) -> str:
    if shown == count:
        return ""
    told = _("the first {shown} of {count}").format(shown=shown, count=count)
    return escape(f" ({told})")


def _told(chart: BarChart) -> str:
    totals = [sum(lengths) for lengths in chart.lengths]
    longest = totals.index(max(totals))
    return _("The longest bar is {name}: {value}. All numbers stand in the table.").format(
        name=chart.labels[longest], value=chart.values[longest]
    )


def _opened(ident: str, height: int, title: str, desc: str) -> Iterator[str]:
    yield (
        f'<svg role="img" height="{height}" aria-labelledby="{ident}-title" '
        f'aria-describedby="{ident}-desc">'
    )
    yield f'<title id="{ident}-title">{escape(title)}</title>'
    yield f'<desc id="{ident}-desc">{escape(desc)}</desc>'


def curve(plot: Plot, ident: str) -> Iterator[str]:
    """Draw a line with the area under it, and what its sides stand for."""
    name = _("{figure} by {name}").format(figure=plot.up, name=plot.across)
    told = _("From {low} at {left} up to {high}, {right}. All numbers stand in the table.").format(
        low=plot.low, high=plot.high, left=plot.left, right=plot.right
    )
    line = " L".join(f"{100 * x:.2f} {100 - 100 * y:.2f}" for x, y in plot.points)
    bottom = PLOT_TOP + PLOT_HEIGHT
    yield f'<figure class="curve">\n<figcaption>{escape(name)}</figcaption>'
    heights = {PLOT_TOP: plot.high, PLOT_TOP + PLOT_HEIGHT // 2: plot.middle, bottom: plot.low}
    yield '<div class="plot">'
    yield from _scale(heights, bottom + PLOT_FOOT)
    yield from _opened(ident, bottom + PLOT_FOOT, name, told)
    for y in heights:
        yield f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
    yield (
        f'<svg y="{PLOT_TOP}" width="100%" height="{PLOT_HEIGHT}" viewBox="0 0 100 100" '
        'preserveAspectRatio="none">'
    )
    yield f'<path class="area" d="M{line} L100 100 L0 100 Z"/>'
    yield f'<path class="line" d="M{line}"/>'
    yield "</svg>"
    foot = f'y="{bottom + BASELINE + 3}"'
    yield f'<text class="soft" x="0" {foot}>{escape(plot.left)}</text>'
    yield f'<text class="soft" x="100%" {foot} text-anchor="end">{escape(plot.right)}</text>'
    yield f'<text class="soft" x="50%" {foot} text-anchor="middle">{escape(plot.across)}</text>'
    yield "</svg>\n</div>\n</figure>"


def _scale(heights: dict[int, str], tall: int) -> Iterator[str]:
    """Write what the heights stand for, beside the picture, where no line can cross it."""
    wide = SIGN * max(map(len, heights.values())) + BESIDE
    yield f'<svg class="scale" aria-hidden="true" viewBox="0 0 {wide} {tall}" height="{tall}">'
    for y, said in heights.items():
        x = wide - BESIDE
        yield f'<text class="soft" x="{x}" y="{y + 4}" text-anchor="end">{escape(said)}</text>'
    yield "</svg>"
