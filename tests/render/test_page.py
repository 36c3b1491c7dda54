from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.render import Look, write
from clientbase.render.page import style
from clientbase.table import Bars, Curve, Pivot, Table, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

VOID = {"meta"}


class Reader(HTMLParser):
    """Reads a page: its tags with what is in them, and whether each that opens is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text and the tag it stands in."""
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return what all tags of a name have in them."""
        return [attrs for name, attrs in self.tags if name == tag]

    def said(self, tag: str) -> list[str]:
        """Return the texts that stand in tags of a name."""
        return [text for name, text in self.texts if name == tag]


def page_of(table: Table, look: Look | None = None, *, summary: bool = False) -> str:
    stream = io.StringIO()
    write(table, "html", stream, look or Look(currency="RUB"), summary=summary)
    return stream.getvalue()


def main_of(table: Table, look: Look | None = None, *, summary: bool = False) -> str:
    page = page_of(table, look, summary=summary)
    return page.partition("<main>\n")[2].removesuffix("</main>\n</body>\n</html>\n")


def test_a_list_is_a_page_with_everything_escaped() -> None:
    inner = Table("segments", columns("segment"), [("A & B",)])
    table = Table(
        "contacts",
        columns("contact_id:id", "name", "revenue:money"),
        [(1, "<script>alert('x')</script>", 120050), (2, 'a"b\x1b[0m', -1)],
        notes=["1 < 2"],
        title="R & D",
        about="all < and >",
        tables={"segments": inner},
        as_of="2026-11-21",
    )
    assert main_of(table, Look(currency="RUB", country="RU")) == (
        """\
<h1>R &amp; D</h1>
<p class="day">As of 21.11.2026</p>
<p class="about">all &lt; and &gt;</p>
<div class="pair">
<div class="scroll" role="region" tabindex="0" aria-label="R &amp; D">
<table>
<thead>
<tr><th scope="col" class="r">contact id</th><th scope="col">name</th>\
<th scope="col" class="r">revenue</th></tr>
</thead>
<tbody>
<tr><td class="r">1</td><td>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;</td>\
<td class="r">1\u00a0200,50</td></tr>
<tr><td class="r">2</td><td>a&quot;b�[0m</td><td class="r minus">-0,01</td></tr>
</tbody>
</table>
</div>
</div>
<p class="note">1 &lt; 2</p>
<section id="part-1">
<h2>segments</h2>
<div class="pair">
<div class="scroll" role="region" tabindex="0" aria-label="segments">
<table>
<thead>
<tr><th scope="col" class="short">segment</th></tr>
</thead>
<tbody>
<tr><td class="short">A &amp; B</td></tr>
</tbody>
</table>
</div>
</div>
</section>
"""
    )


def test_a_card_is_a_table_of_what_is_known() -> None:
    table = Table(
        "contact_card",
        columns("contact_id:id", "phone:phone", "note", "debt:money"),
        [(12, None, "a\nb", -100)],
        layout="card",
    )
    assert main_of(table) == (
        """\
<h1>contact card</h1>
<div class="pair">
<table>
<tr><th scope="row">contact id</th><td>12</td></tr>
<tr><th scope="row">note</th><td>a
b</td></tr>
<tr><th scope="row">debt</th><td class="minus">-1.00\u00a0₽</td></tr>
</table>
</div>
"""
    )


def rows_of(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("<tr>")]


def test_a_grid_is_coloured_by_its_heat_and_its_sides_are_heads() -> None:
    table = Table(
        "grid",
        columns("r:number", "f:number", "clients:number", "revenue:money"),
        [(5, 1, 10, 100), (5, 2, 1, None), (4, 1, 0, 0), (4, 2, None, 0)],
        layout=Pivot("r", "f", ("clients",), heat="clients"),
    )
    assert rows_of(main_of(table)) == [
        (
            '<tr><th scope="col" class="short">r \\ f</th><th scope="col" class="r">1</th>'
            '<th scope="col" class="r">2</th></tr>'
        ),
        '<tr><th scope="row" class="short">5</th><td class="r h5">10</td><td class="r h1">1</td></tr>',
        '<tr><th scope="row" class="short">4</th><td class="r">0</td><td class="r"></td></tr>',
    ]
    assert '<p class="note">In each cell: clients.</p>' in main_of(table)
    table.layout = Pivot("r", "f", ("clients", "revenue"), heat="revenue")
    assert rows_of(main_of(table))[1:3] == [
        (
            '<tr><th scope="rowgroup" rowspan="2">5</th><th scope="row" class="side">clients</th>'
            '<td class="r h5">10</td><td class="r">1</td></tr>'
        ),
        '<tr><th scope="row" class="side">revenue</th><td class="r h5">1.00</td><td class="r"></td></tr>',
    ]


def test_a_wide_grid_of_percents_goes_without_their_signs() -> None:
    cells = [("2026-01", month, 100 / (month + 1)) for month in range(250)]
    table = Table(
        "cohorts",
        columns("cohort", "month:number", "retention:percent"),
        [*cells, ("2026-02", 0, 0.0), ("2026-02", 1, None)],
        layout=Pivot("cohort", "month", ("retention",), heat="retention"),
    )
    row = re.findall("<td[^>]*>([^<]*)</td>", rows_of(main_of(table))[1])
    assert row[:5] == ["100", "50", "33", "25", "20"]
    assert row[-1] == "&lt;1"
    assert re.findall("<td[^>]*>([^<]*)</td>", rows_of(main_of(table))[2])[:3] == ["0", "", ""]
    assert "In each cell: retention, in percent." in main_of(table)


def test_no_rows_say_so() -> None:
    table = Table("leads", columns("a"), [], empty="No leads <yet>.")
    assert main_of(table) == "<h1>leads</h1>\n<p>No leads &lt;yet&gt;.</p>\n"


def test_a_summary_leaves_out_the_rows() -> None:
    table = Table("leads", columns("a"), [("x",)], title="Leads")
    assert main_of(table, summary=True) == "<h1>Leads</h1>\n"


def figures() -> Table:
    return Table(
        "page",
        columns("period", "from:date", "to:date", "revenue:money", "clients:number"),
        [
            ("this month", "2026-11-01", "2026-11-21", 150000, 5),
            ("<before>", "2026-10-01", "2026-10-21", 100000, 5),
            ("year before", "2025-11-01", "2025-11-21", 0, 8),
        ],
        layout="figures",
    )


def test_figures_are_large_with_how_they_changed() -> None:
    assert main_of(figures(), Look(currency="RUB", country="RU")) == (
        """\
<h1>page</h1>
<dl class="tiles">
<div>
<dt>revenue</dt>
<dd class="now">1\u00a0500,00\u00a0₽</dd>
<dd class="then"><span class="better">▲ +50,0%</span> <span>1\u00a0000,00\u00a0₽ &lt;before&gt;</span></dd>
<dd class="then"><span>0,00\u00a0₽ year before</span></dd>
</div>
<div>
<dt>clients</dt>
<dd class="now">5</dd>
<dd class="then"><span>0,0%</span> <span>5 &lt;before&gt;</span></dd>
<dd class="then"><span class="worse">▼ -37,5%</span> <span>8 year before</span></dd>
</div>
</dl>
<p class="note">this month: 01.11.2026–21.11.2026; &lt;before&gt;: 01.10.2026–21.10.2026; \
year before: 01.11.2025–21.11.2025</p>
"""
    )


def bars(rows: Sequence[tuple[object, ...]], *parts: str) -> Table:
    names = [f"{part}:number" for part in parts]
    return Table("t", columns("name", *names), rows, picture=Bars("name", parts))


def percents(reader: Reader) -> list[tuple[str, float, float, int]]:
    """Return each part of a bar: its class, where it begins, how long it is, and its top."""
    return [
        (r["class"], float(r["x"][:-1]), float(r["width"][:-1]), int(r["y"]))
        for r in reader.all("rect")
        if "x" in r
    ]


def test_bars_stand_one_under_another_as_long_as_their_numbers() -> None:
    page = Reader(page_of(bars([("<a>", 30, 10), ("b", 20, None), ("c", -5, 0)], "new", "old")))
    assert percents(page) == [
        ("p1", 0, 75, 19),
        ("p2", 75, 25, 19),
        ("p1", 0, 50, 57),
    ]
    chart = page.all("svg")[-1]
    assert (chart["role"], chart["height"]) == ("img", "114")
    titles = {attrs["id"]: tag for tag, attrs in page.tags if tag in {"title", "desc"} and attrs}
    assert titles[chart["aria-labelledby"]] == "title"
    assert titles[chart["aria-describedby"]] == "desc"
    assert page.said("title")[-1] == "new, old by name"
    assert page.said("desc") == ["The longest bar is <a>: 40. All numbers stand in the table."]
    assert page.said("text") == ["<a>", "40", "b", "20", "c", "-5"]
    assert page.said("span") == ["new", "old"]


def test_many_bars_are_told_and_long_labels_are_cut() -> None:
    page = Reader(page_of(bars([("x" * 40, n) for n in range(70, 0, -1)], "n")))
    assert len(percents(page)) == 60
    assert page.said("figcaption") == ["n by name (the first 60 of 70)"]
    assert page.said("text")[0] == "x" * 27 + "…"
    assert page.said("td").count("x" * 40) == 70


@pytest.mark.parametrize("rows", [[], [("a", 0)], [("a", None), ("b", -3)]])
def test_nothing_above_zero_draws_nothing(rows: list[tuple[object, ...]]) -> None:
    assert "<svg" not in page_of(bars(rows, "n"))


# Amounts have two decimals: what is less than a coin has no bar.
FLOATS = st.floats(-(10**6), 10**9).map(lambda amount: round(amount, 2))
AMOUNTS = st.none() | st.integers(-(10**6), 10**9) | FLOATS


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=24))
def test_bars_are_proportional_and_parts_add_up(rows: list[tuple[float | None, ...]]) -> None:
    page = Reader(page_of(bars([("x", *row) for row in rows], "a", "b", "c")))
    found = percents(page)
    sums = [sum(max(value or 0, 0) for value in row) for row in rows]
    for place, (row, total) in enumerate(zip(rows, sums, strict=True)):
        here = [part for part in found if part[3] == 38 * place + 19]
        parts = [(n + 1, value) for n, value in enumerate(row) if value and value > 0]
        assert [part[0] for part in here] == [f"p{n}" for n, _value in parts]
        end = 0.0
        for (_class, start, wide, _top), (_n, value) in zip(here, parts, strict=True):
            assert start == pytest.approx(end, abs=1e-3)
            assert wide == pytest.approx(100 * value / max(sums), abs=1e-3)
            end = start + wide
        assert end == pytest.approx(100 * total / max(sums) if total else 0, abs=1e-3)
        assert end <= 100.001


def curve(rows: Sequence[tuple[object, ...]]) -> Table:
    specs = columns("clients:percent", "revenue:money")
    return Table("t", specs, rows, picture=Curve("clients", "revenue"))


def test_a_curve_is_a_line_with_its_area_and_its_ends_named() -> None:
    page = Reader(page_of(curve([(50, 3000), (0, 0), (100.0, 4000), (None, 9), (60, None)])))
    area, line = page.all("path")
    assert line["d"] == "M0.00 100.00 L50.00 25.00 L100.00 0.00"
    assert area["d"] == line["d"] + " L100 100 L0 100 Z"
    said = page.said("text")
    assert said == ["40.00", "20.00", "0.00", "0.0%", "100.0%", "clients"]
    assert page.said("desc") == [
        "From 0.00 at 0.0% up to 40.00, 100.0%. All numbers stand in the table."
    ]


def test_what_the_heights_of_a_curve_are_stands_beside_it_and_not_on_the_line() -> None:
    text = page_of(curve([(0, 0), (100, 123456789)]))
    scale, picture = re.findall(r"<svg (?:class=\"scale\"|role).*?</text>\n</svg>", text, re.DOTALL)
    assert re.findall(">([^<]+)</text>", scale) == ["1,234,567.89", "617,283.94", "0.00"]
    assert "1,234,567.89" not in picture.partition("</desc>")[2]
    (box,) = re.findall(r'viewBox="0 0 (\d+) \d+"', scale)
    ends = re.findall(r'x="(\d+)" y="\d+" text-anchor="end"', scale)
    # A digit is 13 px high and at most 8 wide: the longest text begins inside of the box.
    assert all(8 * len("1,234,567.89") <= int(end) < int(box) for end in ends)


@pytest.mark.parametrize("rows", [[], [(1, 1)], [(1, 1), (1, 2)], [(1, None), (2, 1)]])
def test_fewer_than_two_places_make_no_curve(rows: list[tuple[object, ...]]) -> None:
    assert "<path" not in page_of(curve(rows))


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=400))
def test_a_curve_stays_in_its_field(rows: list[tuple[float | None, ...]]) -> None:
    for path in Reader(page_of(curve(rows))).all("path"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", path["d"])]
        assert all(0 <= number <= 100 for number in numbers)
        assert len(numbers) <= 2 * 245


def everything() -> Table:
    grid = Table(
        "grid",
        columns("a", "b", "n:number"),
        [("x", "y", 1)],
        layout=Pivot("a", "b", ("n",), heat="n"),
        notes=["<note>"],
    )
    inner = bars([('"><img src=x onerror=alert(1)>', 2), ("</style><b>", 1)], "n", "m")
    inner = Table("t", columns("name", "n:number"), inner.rows, picture=Bars("name", ("n",)))
    line = curve([(0, 0), (100, 5)])
    table = figures()
    table.title = "</title><script>"
    table.tables = {"one": inner, "two": line, "three": grid, "four": Table("t", (), ())}
    table.tables["one"].tables = {"below": curve([(0, 0), (1, 5)])}
    table.tables["four"].about, table.tables["four"].empty = "a < b", "Nothing."
    return table


def test_a_page_is_well_formed_and_asks_nobody_for_anything() -> None:
    text = page_of(everything())
    page = Reader(text)
    assert not re.search(r"https?:|//|url\(|@import", text)
    assert {tag for tag, _attrs in page.tags} & {"script", "link", "img", "iframe", "base"} == set()
    names = [name for _tag, attrs in page.tags for name in attrs]
    assert not [name for name in names if name.startswith("on") or name in {"src", "style"}]
    ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for attrs in page.all("a")]
    assert [link[0] for link in links] == ["#"] * 4
    assert {link[1:] for link in links} <= set(ids)
    assert page.said("h2") == ["one", "two", "three", "four"]
    assert page.said("h3") == ["below"]


def test_a_browser_is_told_to_run_and_fetch_nothing() -> None:
    text = page_of(everything())
    page = Reader(text)
    (policy,) = [m["content"] for m in page.all("meta") if m.get("http-equiv")]
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert f"<style>{style()}</style>" in text
    assert any(m.get("name") == "viewport" for m in page.all("meta"))


def _light(colour: str) -> float:
    """Return the relative luminance of a colour, as the guidelines on contrast define it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * sign for sign in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_text_stands_out_by_day_and_in_the_dark() -> None:
    day, night = style().split("@media screen", 1)
    pairs = [(name, "paper") for name in ("ink", "soft", "better", "worse", "minus")]
    pairs += [("soft", "band"), ("on12", "h1"), ("on12", "h2"), ("on3", "h3")]
    pairs += [("on45", "h4"), ("on45", "h5")]
    pairs += [(level, ground) for level in ("red", "amber") for ground in ("paper", "band")]
    for part in (day, night):
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", part))
        for text, ground in pairs:
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        heats = [_light(colours[f"h{n}"]) for n in range(1, 6)]
        assert heats in (sorted(heats), sorted(heats, reverse=True))


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cf")), min_size=1))
def test_no_name_becomes_a_tag(name: str) -> None:
    table = bars([(name, 1)], "n")
    table.title = table.about = name
    table.notes = [name]
    page = Reader(page_of(table))
    plain = Reader(page_of(bars([("x", 1)], "n")))
    assert [t for t, _ in page.tags if t != "p"] == [t for t, _ in plain.tags]
    if name.strip():
        assert "".join(page.said("td")[:1]) == name.strip()
