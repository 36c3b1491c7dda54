"""What is told to change a segment is done, and then the segment is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.db import settings
from clientbase.errors import NotFound
from clientbase.facts import explaining, segments, thresholds
from facts.plain import FIRST, LAST, Book, Person, Sale, books, present, quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

# Those that facts behind decide alone, each with a row.
DECIDED = [
    *("one-time", "periodic", "regular", "economy", "standard", "vip", "sleeping", "late"),
    *("abc:a", "abc:b", "abc:c"),
    *(name for name in segments.BUILT_IN if name.startswith("rfm:")),
]
RULES = [
    *("orders >= 3", "orders > 1.5", "orders < 3", "orders <= 2", "orders = 2", "4 > orders"),
    *("days_since_sale > 40", "days_since_sale >= 61", "days_since_sale < 30"),
    *("days_since_sale <= 12", "days_since_first_sale >= 100", "days_since_first_sale < 90"),
    *("days_silent > 700", "days_silent <= 20", "revenue >= 5", "revenue > 7.5", "revenue < 20"),
    *("ltv > 3", "ltv <= 9.99", "average_order > 2.5", "average_order >= 2.51"),
    *("average_order < 3.33", "average_order <= 1", "average_order = 2.50"),
    *("days_late > 0", "days_late >= 10", "days_late < 5", "days_asleep > 20", "days_asleep <= 9"),
    *("late", "sleeping", "frequency_class = 'periodic'", "value_class = 'vip'"),
]
_MONEY = r"([\d,]+\.\d\d) RUB"


@dataclass(frozen=True)
class Deed:
    """What somebody does: orders of these amounts, days that pass, and whether it ends it then.

    On the `before` days, and with the `less` orders, it must not be so yet.
    """

    orders: Sequence[int] = ()
    day: date | None = None
    ends: bool | None = None
    less: Sequence[Sequence[int]] = field(default=())
    before: bool = False


def deeds(change: str | None, day: date) -> Iterator[Deed]:
    """Read what is told, as an owner would. Every sentence is a deed, or known to be none."""
    for told in re.split("; (?!set a border)", change or ""):
        matches = ((re.match(form, told), read) for form, read in FORMS.items())
        match, read = next(((match, read) for match, read in matches if match), (None, None))
        if match and read:
            ends = None if "make" in told else "end it" in told or "ends on" in told
            yield from (replace(deed, ends=ends) for deed in read(match, day))
        else:
            assert not told or re.match(NO_DEED, told), told


def _amount(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _more(match: re.Match[str], _day: date) -> list[Deed]:
    count = int(match[1])
    return [Deed([100] * count, less=[[100] * (count - 1)])]


def _after(match: re.Match[str], day: date) -> list[Deed]:
    return [Deed([100], day + timedelta(int(match[1])), before=True)]


def _more_after(match: re.Match[str], day: date) -> list[Deed]:
    return [Deed([100] * int(match[1]), day + timedelta(int(match[2])), before=True)]


def _on(match: re.Match[str], _day: date) -> list[Deed]:
    return [Deed((), date.fromisoformat(match[1]), before=True)]


def _between(match: re.Match[str], _day: date) -> list[Deed]:
    least, most = _amount(match[1]), _amount(match[2])
    return [Deed([amount], less=[[least - 1], [most + 1]]) for amount in (least, most)]


def _or_more(match: re.Match[str], _day: date) -> list[Deed]:
    least = _amount(match[1])
    return [Deed([least], less=[[least - 1]] if least else []), Deed([least + 700])]


def _or_less(match: re.Match[str], _day: date) -> list[Deed]:
    most = _amount(match[1])
    return [Deed([most], less=[[most + 1]]), Deed([most // 2])]


def _several(match: re.Match[str], _day: date) -> list[Deed]:
    count, *amounts = match.groups()
    return [Deed([_amount(text)] * int(count)) for text in amounts if text]


FORMS: dict[str, Callable[[re.Match[str], date], list[Deed]]] = {
    r"(\d+) more orders? would": _more,
    r"(\d+) more orders? and then (\d+) quiet days? would do$": _more_after,
    "a sale, an enquiry or a word from them would (?:do|end it)$": lambda _match, _day: [
        Deed([100])
    ],
    r"an order would (?:do|end it|make it 5)$": lambda _match, _day: [Deed([100])],
    r"an order and then (\d+) quiet days? would do$": _after,
    r"(?:from|ends on) (\S+?)(?: on)?(?:, if nothing is (?:bought|heard))?$": _on,
    rf"an order of {_MONEY} to {_MONEY} would do$": _between,
    rf"an order of {_MONEY} or more would": _or_more,
    rf"an order of {_MONEY} or less would": _or_less,
    rf"(\d+) orders? of {_MONEY}(?: to {_MONEY}| or less) would": _several,
    rf"{_MONEY} more would (?:do|end it|make them [AB])$": lambda match, _day: [
        Deed([_amount(match[1])], less=[[_amount(match[1]) - 1]] if _amount(match[1]) > 1 else [])
    ],
}


NO_DEED = "|".join(
    (
        "an order comes first$",
        "3 days of purchase make a rhythm$",
        "an order would wake them$",  # and they are not late then either
        "so few clients have none; set a border: clientbase set value",
        "(nothing|no order) would",
        "only who has one order is one$",
        "F falls only when other clients buy more$",
        "not any more: from .* on they count as sleeping$",
        "a (less )?stead(y|ier) rhythm$",
        rf"{_MONEY} more would make them A at once$",
        "that would make them (vip|partner), which comes before it$",
    )
)


def _buy(base: Base, contact: int, day: date, orders: Sequence[int]) -> None:
    for amount in orders:
        base.execute(
            "insert into sale (contact_id, sold_on, amount) values (?, ?, ?)",
            (contact, day.isoformat(), amount),
        )


def _inside_then(base: Base, name: str, contact: int, day: date, deed: Deed) -> Iterator[bool]:
    """Say whether somebody is in a segment once it is done, and of each less that they are not."""
    for orders in (deed.orders, *deed.less):
        base.execute("savepoint then_")
        _buy(base, contact, day, orders)
        yield contact in segments.ids(base, name, deed.day or day)
        if deed.before and deed.day:
            yield contact not in segments.ids(base, name, deed.day - timedelta(1))
        base.execute("rollback to then_")
        base.execute("release then_")
        base.cache.clear()


def check(base: Base, name: str, contact: int, day: date) -> int:
    """Do all that is told of a contact and a segment of one part; return how much that was."""
    rows = [tuple(row) for row in explaining.explain(base, name, contact, day).rows]
    inside, parts = bool(rows[0][4]), [row for row in rows[1:] if row[4] is not None]
    missed = [row for row in parts[1:] or parts if not row[4]]
    if not inside and len(missed) > 1:
        return 0
    done = 0
    for row in parts if inside else missed:
        for deed in deeds(row[6], day):
            if deed.day and day != LAST:
                continue  # what the book holds of later days comes between
            assert deed.ends in {inside, None}, row
            then, *others = _inside_then(base, name, contact, day, deed)
            assert then is not inside, (row, deed)
            for other in others:
                # Each of several rows may end it: of those no less is looked at.
                assert inside or other is (deed.before and deed.day is not None), (row, deed)
            done += 1
    return done


DAY = st.just(LAST) | st.dates(FIRST, LAST)


@given(
    book=books(most=5),
    day=DAY,
    name=st.sampled_from(DECIDED),
    place=st.integers(0, 4),
    cuts=st.sampled_from(["1,2,3,5", "1,1,2,4"]),
)
def test_what_is_told_of_a_segment_is_so(
    book: Book, day: date, name: str, place: int, cuts: str, opened: Open
) -> None:
    contact = place % len(book.people)
    if not present(book, contact, day):
        return
    with opened(book) as base:
        settings.store(base, "rfm.recency", "10,40,90,200")
        settings.store(base, "rfm.frequency", cuts)
        check(base, name, contact + 1, day)


@given(book=books(most=4), day=DAY, rule=st.sampled_from(RULES), place=st.integers(0, 3))
def test_what_is_told_of_a_rule_is_so(
    book: Book, day: date, rule: str, place: int, opened: Open
) -> None:
    contact = place % len(book.people)
    if not present(book, contact, day):
        return
    with opened(book) as base:
        segments.define(base, "mine", rule, day)
        check(base, "mine", contact + 1, day)


AVERAGES = st.lists(st.sampled_from([100, 100, 150, 200, 201, 400, 1000]), max_size=24)


@given(others=AVERAGES, own=st.integers(0, 1100), share=st.sampled_from(["low", "high"]))
def test_where_the_own_average_passes_a_percentile_that_it_moves(
    others: list[int], own: int, share: str, opened: Open
) -> None:
    sales = [Sale(place, LAST, amount) for place, amount in enumerate([150, *others])]
    with opened(Book([Person(FIRST)] * len(sales), sales)) as base:
        low, high = thresholds.own_borders(base, LAST, 150.0)
    everyone = sorted(map(Fraction, [own, *others]))
    if share == "high":
        assert (own > quantile(everyone, Fraction(9, 10))) is (own > high)
    else:
        assert (own < quantile(everyone, Fraction(1, 3))) is (own < low)


@given(
    others=AVERAGES,
    own=st.lists(st.integers(0, 900), max_size=4),
    name=st.sampled_from(["vip", "standard", "economy"]),
    settings_=st.sampled_from([(None, None), ("150", None), (None, "201"), ("100", "400")]),
    ago=st.sampled_from([0, 30]),
)
def test_the_amounts_told_are_exact(
    others: list[int],
    own: list[int],
    name: str,
    settings_: tuple[str | None, str | None],
    ago: int,
    opened: Open,
) -> None:
    day = LAST - timedelta(ago)
    sales = [Sale(0, day, amount) for amount in own]
    sales += [Sale(place, day, amount) for place, amount in enumerate(others, start=1)]
    # Something later, so that the totals kept of today are not those of a past day.
    sales += [Sale(0, LAST, 5000), Sale(1, LAST, 1)] if ago and others else []
    people = [Person(FIRST)] * (1 + len(others))
    with opened(Book(people, sales)) as base:
        for key, amount in zip(("value.low", "value.high"), settings_, strict=True):
            if amount:
                settings.store(base, key, amount)
        check(base, name, 1, day)


def _row(base: Base, name: str, contact: int, fact: str, day: date = LAST) -> tuple[object, ...]:
    rows = explaining.explain(base, name, contact, day).rows
    (row,) = (tuple(row) for row in rows if row[1] == fact)
    return row[2], row[3], row[4], row[6]


def _clients(*amounts: int) -> Book:
    sales = [Sale(place, LAST, amount) for place, amount in enumerate(amounts)]
    return Book([Person(FIRST)] * len(amounts), sales)


def test_the_amount_reckons_with_the_border_that_moves(opened: Open) -> None:
    # Of ten others at 1.00 to 10.00 the ninth lies where the percentile begins: (11-1) * 0.9.
    with opened(_clients(350, *range(100, 1001, 100))) as base:
        # 3.50 + X over two orders is over 10.00 from 16.51 on; today's border is 9.00.
        assert _row(base, "vip", 1, "average_order") == (
            *("3.50 RUB", "> 9.00 RUB", False, "an order of 16.51 RUB or more would do"),
        )
        assert check(base, "vip", 1, LAST) == 2


def test_one_client_alone_is_neither_vip_nor_economy(opened: Open) -> None:
    fix = "clientbase set"
    with opened(_clients(350)) as base:
        for name, key in (("vip", "value.high"), ("economy", "value.low")):
            assert _row(base, name, 1, "average_order")[2:] == (
                False,
                f"so few clients have none; set a border: {fix} {key} AMOUNT",
            )
        settings.store(base, "value.high", "500")
        assert _row(base, "vip", 1, "average_order")[3] == "an order of 6.51 RUB or more would do"
        assert check(base, "vip", 1, LAST) == 2


def test_of_medians_no_amount_is_promised(opened: Open) -> None:
    with opened(_clients(350, 100, 900)) as base:
        settings.store(base, "value.by", "median")
        assert _row(base, "vip", 1, "median_order") == ("3.50 RUB", "> 7.90 RUB", False, None)


def test_a_window_without_an_order_is_one_time_too(opened: Open) -> None:
    sales = [Sale(0, LAST - timedelta(500), 100)]
    with opened(Book([Person(FIRST), Person(FIRST)], sales)) as base:
        settings.store(base, "frequency.window", "12")
        assert _row(base, "one-time", 1, "orders_in_window") == (
            *("0", "0 to 1", True, "2 more orders would make them periodic"),
        )
        assert _row(base, "one-time", 2, "orders")[1:] == (">= 1", False, "1 more order would do")


@pytest.mark.parametrize(
    ("days", "name", "r", "f"),
    [
        # Cuts of 10, 40, 90 and 200 days, and of 1, 2, 3 and 5 orders.
        (
            [5, 20, 30, 60],
            "at-risk",
            ("5", "1-2", False, "from 2027-02-15 on, if nothing is bought"),
            ("4", "3-4", True, "2 more orders would end it"),
        ),
        (
            [300],
            "champions",
            ("1", "5", False, "an order would make it 5"),
            ("1", "4-5", False, "3 more orders would do"),
        ),
        (
            [100, 110],
            "need-attention",
            ("2", "3", False, "an order and then 41 quiet days would do"),
            ("2", "3", False, "1 more order and then 41 quiet days would do"),
        ),
        (
            [100, 110, 120],
            "need-attention",
            ("2", "3", False, "no order would do: F would be too high"),
            ("3", "3", True, "1 more order would end it"),
        ),
        (
            [50, 51, 52],
            "hibernating",
            ("3", "1-2", False, "from 2027-01-01 on, if nothing is bought"),
            ("3", "1-2", False, "nothing would: orders do not get fewer"),
        ),
    ],
)
def test_scores_tell_what_would_change_them(
    days: list[int], name: str, r: tuple[object], f: tuple[object], opened: Open
) -> None:
    sales = [Sale(0, LAST - timedelta(n), 100) for n in days]
    with opened(Book([Person(FIRST)], sales)) as base:
        settings.store(base, "rfm.recency", "10,40,90,200")
        settings.store(base, "rfm.frequency", "1,2,3,5")
        assert _row(base, f"rfm:{name}", 1, "rfm_r") == r
        assert _row(base, f"rfm:{name}", 1, "rfm_f") == f


def test_of_cuts_that_move_a_note_says_so_once(opened: Open) -> None:
    note = "What would change R and F is told as the cuts stand today; they move as clients buy."
    with opened(_clients(100, 200)) as base:
        table = explaining.explain(base, "rfm:at-risk", 1, LAST)
        assert table.notes == [note]
        assert _row(base, "rfm:hibernating", 1, "orders")[1:] == ("cuts: 1, 1, 1, 1", None, None)
        settings.store(base, "rfm.recency", "10,40,90,200")
        settings.store(base, "rfm.frequency", "1,2,3,5")
        assert explaining.explain(base, "rfm:at-risk", 1, LAST).notes == []


def _last(base: Base, name: str) -> list[str | None]:
    rows = explaining.explain(base, name, 1, LAST).rows
    return [row[6] for row in list(rows)[1:] if row[4] is False]


def test_more_orders_are_not_promised_where_another_kind_would_win(opened: Open) -> None:
    often = [Sale(0, LAST - timedelta(n), 1000) for n in (900, 600, 300)]
    with opened(Book([Person(FIRST)], often)) as base:
        told = "that would make them partner, which comes before it"
        assert _last(base, "base:regular") == [None, told]
        assert _last(base, "base:partner") == [None, "1 more order would do"]
    dear = [Sale(n, LAST - timedelta(200), 1000) for n in range(1, 11)]
    with opened(Book([Person(FIRST)] * 11, [*dear, Sale(0, LAST - timedelta(200), 9000)])) as base:
        told = "that would make them vip, which comes before it"
        assert told in _last(base, "base:active")


def test_a_letter_takes_what_is_enough_of_the_sum_with_it(opened: Open) -> None:
    # 100 and 10: of 127 the 100 are under 80 percent, of 125 they are not.
    with opened(Book([Person(FIRST)] * 2, [Sale(1, LAST, 10_000), Sale(0, LAST, 1_000)])) as base:
        assert _last(base, "abc:a") == [None, "15.01 RUB more would do"]


def test_commands_that_do_not_exist_or_do_nothing_are_not_told(opened: Open) -> None:
    with opened(Book([Person(FIRST)])) as base:
        segments.define(base, "coded", "external_id = 'Q1'", LAST)
        segments.define(base, "homeless", "city = ''", LAST)
        assert _last(base, "coded") == ["clientbase contact edit 1 --id Q1"]
        assert _last(base, "homeless") == [None]


def test_who_came_later_is_not_explained(opened: Open) -> None:
    with opened(Book([Person(LAST)])) as base:
        base.execute(
            "insert into activity (contact_id, kind, direction, happened_on, what, who)"
            " values (1, 'call', 'in', '2026-11-01', 'hi', 'olga')"
        )
        segments.define(base, "calm", "not late", LAST)
        assert segments.ids(base, "calm", date(2026, 11, 10)) == []
        with pytest.raises(NotFound):
            explaining.explain(base, "calm", 1, date(2026, 11, 10))


def test_several_orders_are_as_many_as_it_takes(opened: Open) -> None:
    # 0.20 and five orders of 0.02 are 0.30 by 6, which is 0.05; with six they are under it.
    with opened(Book([Person(FIRST)], [Sale(0, LAST, 20)])) as base:
        for rule, told in (
            ("average_order < 0.05", "6 orders of 0.02 RUB or less would do"),
            ("average_order <= 0.05", "5 orders of 0.02 RUB or less would do"),
        ):
            segments.define(base, "cheap", rule, LAST)
            assert _last(base, "cheap") == [told]
            assert check(base, "cheap", 1, LAST) > 0
            segments.drop(base, "cheap", LAST)
