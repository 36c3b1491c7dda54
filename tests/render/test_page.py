from __future__ import annotations

import io
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from clientbase.render import Look, write
from clientbase.render.page import STYLE
from clientbase.table import Pivot, Table, columns


def page_of(table: Table, look: Look | None = None, *, summary: bool = False) -> str:
    stream = io.StringIO()
    write(table, "html", stream, look or Look(currency="RUB"), summary=summary)
    return stream.getvalue()


def around(title: str, body: str, language: str = "en") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}"
        "</body>\n</html>\n"
    )


def test_a_list_is_a_page_with_everything_escaped() -> None:
    inner = Table("segments", columns("segment"), [("A & B",)])
    table = Table(
        "contacts",
        columns("contact_id:id", "name", "revenue:money"),
        [(1, "<script>alert('x')</script>", 120050), (2, 'a"b\x1b[0m', -1)],
        notes=["1 < 2"],
        title="R & D",
        tables={"segments": inner},
    )
    assert page_of(table, Look(currency="RUB", language="ru")) == around(
        "R &amp; D",
        """\
<h1>R &amp; D</h1>
<table>
<thead>
<tr><th class="r">contact id</th><th>name</th><th class="r">revenue</th></tr>
</thead>
<tbody>
<tr><td class="r">1</td><td>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;</td>\
<td class="r">1,200.50</td></tr>
<tr><td class="r">2</td><td>a&quot;b�[0m</td><td class="r minus">-0.01</td></tr>
</tbody>
</table>
<p class="note">1 &lt; 2</p>
<h2>segments</h2>
<table>
<thead>
<tr><th>segment</th></tr>
</thead>
<tbody>
<tr><td>A &amp; B</td></tr>
</tbody>
</table>
""",
        "ru",
    )


def test_a_card_is_a_table_of_what_is_known() -> None:
    table = Table(
        "contact_card",
        columns("contact_id:id", "phone:phone", "note", "debt:money"),
        [(12, None, "a\nb", -100)],
        layout="card",
    )
    assert page_of(table) == around(
        "contact card",
        """\
<table>
<tr><th scope="row">contact id</th><td>12</td></tr>
<tr><th scope="row">note</th><td>a
b</td></tr>
<tr><th scope="row">debt</th><td class="minus">-1.00\u00a0₽</td></tr>
</table>
""",
    )


def test_a_grid_is_coloured_by_its_heat() -> None:
    table = Table(
        "grid",
        columns("r:number", "f:number", "clients:number"),
        [(5, 1, 10), (5, 2, 1), (4, 1, 0), (4, 2, None)],
        layout=Pivot("r", "f", ("clients",), heat="clients"),
    )
    assert page_of(table) == around(
        "grid",
        """\
<table>
<thead>
<tr><th>r \\ f</th><th class="r">1</th><th class="r">2</th></tr>
</thead>
<tbody>
<tr><td>5</td><td class="r h5">10</td><td class="r h1">1</td></tr>
<tr><td>4</td><td class="r">0</td><td class="r"></td></tr>
</tbody>
</table>
<p class="note">In each cell: clients.</p>
""",
    )


def test_no_rows_say_so() -> None:
    table = Table("leads", columns("a"), [], empty="No leads <yet>.")
    assert page_of(table) == around("leads", "<p>No leads &lt;yet&gt;.</p>\n")


def test_a_summary_leaves_out_the_rows() -> None:
    table = Table("leads", columns("a"), [("x",)], title="Leads")
    assert page_of(table, summary=True) == around("Leads", "<h1>Leads</h1>\n")


class Texts(HTMLParser):
    """Reads the tags of a page, and the text of its only cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cell = ""

    def handle_starttag(self, tag: str, _: object) -> None:
        """Note a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note what stands in the cell."""
        if self.tags[-1:] == ["td"] and data != "\n":
            self.cell += data


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cf")), min_size=1))
def test_no_name_becomes_a_tag(name: str) -> None:
    reader = Texts()
    reader.feed(page_of(Table("t", columns("name"), [(name,)])))
    assert reader.tags[-7:] == ["table", "thead", "tr", "th", "tbody", "tr", "td"]
    assert reader.cell.strip() == name.strip()
