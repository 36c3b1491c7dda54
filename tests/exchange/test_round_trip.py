"""What is handed out comes back: a base, its export, a new base, and the same export."""

from __future__ import annotations

import contextlib
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientbase import render
from clientbase.db import founding
from clientbase.db.journal import Act, write
from clientbase.errors import ClientbaseError
from clientbase.exchange import bulk, exporting, importing
from clientbase.exchange import plan as plans
from clientbase.exchange.columns import Wishes
from clientbase.exchange.source import opened
from clientbase.funnel.leads import Step
from clientbase.people import contacts, fields
from clientbase.people.contacts import NewContact
from clientbase.render import Look
from clientbase.sales import editing, refunds, sales, voiding
from clientbase.sales.refunds import NewRefund
from clientbase.sales.sales import Buyer, NewSale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base

Event = tuple[str, int, Any]

TODAY = date(2026, 11, 21)
ACT = Act("test", "olga", "2026-11-21T09:00:00Z")
LOOK = Look(currency="RUB", country="RU", width=None, rich=False, colour=False)
FIELDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("animal", "choice", ("dog", "cat")),
    ("weight", "number", ()),
    ("limit_of_credit", "money", ()),
    ("served_on", "date", ()),
    ("любит_кофе", "yes/no", ()),
    ("story", "text", ()),
    ("mobile", "text", ()),
    ("phone2", "number", ()),
    ("pet_name", "text", ()),
    ("petname", "text", ()),
)

# What is carried over; sales and refunds by their place among those that are not void.
KEPT = {
    "contact": """
        select contact.id, external_id, kind, contact.name, contact.name_key, organisation, organisation_key, post,
            birthday, sex, city, region, address, occupation, preferred_channel, hours, manager,
            channel.name, referred_by_id, note, entered_on
        from contact left join channel on channel.id = channel_id order by contact.id
    """,
    "contact_point": """
        select contact_id, kind, shown, canonical, extension, checked
        from contact_point order by contact_id, kind, id
    """,
    "contact_tag": """
        select contact_id, tag.name from contact_tag join tag on tag.id = tag_id order by 1, 2
    """,
    "field_value": "select contact_id, field_id, value from field_value order by 1, 2",
    "sale": """
        select contact_id, sold_on, amount, discount, ref, channel.name, note
        from sale left join channel on channel.id = channel_id where voided_on is null order by sale.id
    """,
    "sale_line": """
        select product.name, quantity, price, sale_line.amount
        from sale_line join sale on sale.id = sale_id join product on product.id = product_id
        where voided_on is null order by sale_line.id
    """,
    "refund": """
        select refund.contact_id, refunded_on, refund.amount, refund.ref, refund.note,
            (select count(*) from sale where sale.id <= refund.sale_id and voided_on is null)
        from refund where voided_on is null order by refund.id
    """,
    "contact_total": "select contact_id, orders, revenue, first_on, last_on from contact_total where orders or revenue order by 1",
}

words = st.sampled_from(
    ("Анна", "анна", "=cmd|' /C calc'!A0", "'=1", "-Пётр", "+7", "@x", 'O"Neil, "Jr"', "a;b", "12",
     "weird [/] name", "Итого", "ё", "total")
)  # fmt: skip
maybe = st.none() | words
lines = st.sampled_from(("one\ntwo", "=1\n-2", '"', "ok, ok; ok", "\t=1 x".strip()))
phones = st.sampled_from(
    (
        "8 921 555-01-02",
        "+7 (921) 555-01-03 доб. 12",
        "+7 921 555-01-03",
        "+44 20 7946 0958",
        "12-34",
    )
)
emails = st.sampled_from(
    ("Anna@Example.com", "пример@example.com", "not an e-mail", "=x@example.com")
)
messengers = st.sampled_from(
    (
        ("telegram", "@anna"),
        ("telegram", "t.me/Anna2"),
        ("whatsapp", "8 921 555-01-02"),
        ("other", "=icq 5"),
    )
)
values = st.fixed_dictionaries(
    {},
    optional={
        "animal": st.sampled_from(("dog", "CAT")),
        "weight": st.sampled_from(("3", "-2.5", "0.1250", "1.2340", "1000000")),
        "limit_of_credit": st.sampled_from(("0", "-12.50", "1 200,50")),
        "served_on": st.dates(date(1950, 1, 1), date(2099, 12, 31)).map(date.isoformat),
        "любит_кофе": st.sampled_from(("да", "no")),
        "story": lines,
        "mobile": words,
        "phone2": st.just("5"),
        "pet_name": words,
        "petname": words,
    },
)
people = st.builds(
    NewContact,
    name=words,
    kind=st.sampled_from(("person", "organisation")),
    organisation=maybe,
    post=maybe,
    phones=st.lists(phones, max_size=3).map(tuple),
    emails=st.lists(emails, max_size=2).map(tuple),
    messengers=st.lists(messengers, max_size=3).map(tuple),
    birthday=st.sampled_from((None, "--05-01", "14.03.1985", "--02-29")),
    sex=st.sampled_from((None, "ж", "male")),
    city=maybe,
    region=maybe,
    address=maybe,
    occupation=maybe,
    preferred_channel=maybe,
    hours=maybe,
    manager=maybe,
    channel=maybe,
    external_id=st.none() | st.sampled_from(("C0001", "007", "=9", "12", "Total")),
    note=st.none() | lines,
    tags=st.lists(st.sampled_from(("club", "=vip", "Старый друг")), max_size=2).map(tuple),
    fields=values.map(lambda found: tuple(found.items())),
)
items = st.sampled_from(
    ("Shampoo x2 @ 450", "Shampoo x2 @ 450", "=Корм x0.125 @ 99.99", "Gift @ 0", "Nail x3 @ 0.005")
)
amounts = st.sampled_from(("0", "12.50", "1200", "99999999.99"))


def some_sale(day: int, ref: str | None, chosen: dict[str, Any]) -> NewSale:
    """Make a sale on one of few days."""
    return NewSale(TODAY - timedelta(days=day), ref=ref, **chosen)


sold = st.builds(
    some_sale,
    st.integers(0, 2),
    st.sampled_from((None, None, None, "1", "#1", "A-2", "=3", "7E5")),
    st.fixed_dictionaries(
        {"channel": maybe, "note": st.none() | lines},
        optional={"items": st.lists(items, min_size=1, max_size=3).map(tuple)},
    ).flatmap(lambda chosen: st.fixed_dictionaries(
        {name: st.just(value) for name, value in chosen.items()}
        | ({"discount": st.sampled_from((None, "0.01", "0"))} if "items" in chosen
           else {"amount": amounts, "discount": st.sampled_from((None, "5"))})
    )),
)  # fmt: skip
numbers = st.integers(0, 5)
events = st.one_of(
    st.tuples(st.just("sell"), numbers, sold),
    st.tuples(st.just("sell"), numbers, sold),
    st.tuples(st.just("refund"), numbers, st.sampled_from((None, "0.01", "7"))),
    st.tuples(st.just("give"), numbers, st.just("1")),
    st.tuples(st.just("void"), numbers, st.none()),
)


@contextlib.contextmanager
def new_base(path: Path) -> Iterator[Base]:
    """A base that is empty but for its custom fields."""
    base = founding.found(path, founding.plan("RUB", "RU", ""), ACT)
    with write(base, ACT):
        for name, kind, choices in FIELDS:
            fields.add(base, name, kind, choices=choices)
    yield base
    base.close()


def fill(base: Base, everybody: list[NewContact], story: list[Event]) -> None:
    """Enter people and what they bought; what the program refuses is left out."""
    numbers: list[int] = []
    for ago, person in enumerate(everybody):
        day = TODAY - timedelta(days=ago)
        said = person._replace(referred_by=str(numbers[0]) if numbers else None)
        with contextlib.suppress(ClientbaseError):
            numbers.append(contacts.add(base, said, day, unchecked=True, anyway=True))
    sold_ones: list[int] = []
    for act, number, what in story:
        whose = [None, *map(str, numbers)][number % (len(numbers) + 1)]
        sale = sold_ones[number % len(sold_ones)] if sold_ones else 0
        with contextlib.suppress(ClientbaseError):
            if act == "sell":
                made = sales.record(base, Buyer(whose), what, TODAY, "olga")
                sold_ones.append(made.sale_id)
            elif act == "refund":
                refunds.refund(base, sale, None, NewRefund(TODAY, what, "=back"), TODAY)
            elif act == "void":
                voiding.void(base, sale, (), Step(TODAY, "olga", "mistyped"))
            elif whose:
                refunds.refund(base, None, whose, NewRefund(TODAY, what), TODAY)


def handed_out(base: Base, kind: str) -> str:
    """Return the file of an export."""
    stream = io.StringIO()
    with exporting.snapshot(base):
        made = exporting.contacts(base) if kind == "contacts" else exporting.sales(base, None, None)
        render.write(made.table, "csv", stream, LOOK)
    return stream.getvalue()


def bring_in(base: Base, folder: Path, kind: str, text: str) -> dict[str, Any]:
    """Import a file and return the counts; one without rows is left alone."""
    if text.count("\n") == 1:
        return {}
    file = folder / f"{kind}.csv"
    file.write_text(text, encoding="utf-8", newline="")
    wish = plans.Wish(Wishes(), unchecked=True)
    with opened(str(file), io.BytesIO()) as source:
        found = plans.look(base, kind, source, wish, TODAY)
        with bulk.prepared(base, found), write(base, ACT):
            table = importing.run(base, found, "olga")
    (row,) = table.rows
    return {column.name: value for column, value in zip(table.columns, row, strict=True) if value}


def kept(base: Base) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the tables hold that an export and an import carry over."""
    return {name: base.execute(sql).fetchall() for name, sql in KEPT.items()}


def whole(base: Base) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a base holds, the journal too."""
    tables = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
    return {
        name: base.execute(f"select * from {name}").fetchall()
        for (name,) in base.execute(tables).fetchall()
    }


def changes_nothing(base: Base, folder: Path, files: dict[str, str]) -> dict[str, Any]:
    """Import files of what is there already, and return the counts of the last."""
    before, counts = whole(base), {}
    for kind, text in files.items():
        counts = bring_in(base, folder, kind, text)
    assert whole(base) == before
    return counts


def check(everybody: list[NewContact], story: list[Event], file: str = "") -> None:
    """Fill a base, maybe from a file of sales first, and bring its exports into another one.

    Into the same base they bring nothing, and into the other one nothing the second time.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with new_base(folder / "one.db") as one, new_base(folder / "two.db") as two:
            if file:
                bring_in(one, folder, "sales", file)
            with write(one, ACT):
                fill(one, everybody, story)
            files = {kind: handed_out(one, kind) for kind in ("contacts", "sales")}
            for kind, text in files.items():
                bring_in(two, folder, kind, text)
            assert {kind: handed_out(two, kind) for kind in files} == files
            assert kept(two) == kept(one)
            for base in (one, two):
                counts = changes_nothing(base, folder, files)
                alive = [head for head in heads(base) if not head[1]]
                assert counts.get("already_there", 0) == len(alive)


@settings(max_examples=15)
@given(st.lists(people, min_size=1, max_size=4), st.lists(events, min_size=4, max_size=9))
def test_an_export_makes_the_same_base_again(
    everybody: list[NewContact], story: list[Event]
) -> None:
    check(everybody, story)


def test_lines_of_a_sale_without_a_reference_stay_together() -> None:
    two = NewSale(TODAY, items=("Shampoo x2 @ 450", "Comb @ 50"))
    check([NewContact("Анна")], [("sell", 1, two), ("sell", 1, two), ("sell", 0, two)])


def test_a_refund_finds_its_sale_whatever_the_reference_looks_like() -> None:
    plain, odd = NewSale(TODAY, "10"), NewSale(TODAY, "20", ref="#1")
    check(
        [NewContact("Анна")],
        [("sell", 1, plain), ("sell", 1, odd), ("refund", 0, "1"), ("refund", 1, "2")],
    )


def test_a_number_of_three_decimals_is_not_read_as_thousands() -> None:
    check([NewContact("Анна", fields=(("weight", "1.2340"),))], [])
    check([NewContact("Анна", fields=(("weight", "0.00000012"),))], [])


def test_what_was_paid_beside_the_lines_is_not_lost() -> None:
    rows = "A,2026-11-01,Soap,10", "A,2026-11-01,,5", "B,2026-11-02,Soap,-3", "B,2026-11-02,,-1"
    check([], [], "\n".join(("ref,date,product,amount", *rows, "")))


def test_who_is_called_by_an_id_or_a_phone_keeps_that_name() -> None:
    by_id = NewContact("12", external_id="12", organisation="Ромашка")
    by_phone = NewContact("8 921 555-01-02", phones=("8 921 555-01-02",), organisation="Лютик")
    check([by_id, by_phone, NewContact("@anna", messengers=(("telegram", "@anna"),))], [])


def test_two_who_share_a_phone_stay_two() -> None:
    both = [
        NewContact("Анна", phones=("8 921 555-01-02",)),
        NewContact("Пётр", phones=("8 921 555-01-02",)),
    ]
    check(both, [("sell", 2, NewSale(TODAY, "10")), ("sell", 1, NewSale(TODAY, "20"))])


@settings(max_examples=15)
@given(
    st.lists(people, min_size=1, max_size=3),
    st.lists(events, min_size=2, max_size=6),
    st.lists(events, min_size=2, max_size=6),
)
def test_an_export_comes_once_into_a_base_with_sales_of_its_own(
    everybody: list[NewContact], story: list[Event], other: list[Event]
) -> None:
    """Numbers that both bases have given out are nothing in common, nor is an equal sale."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with new_base(folder / "one.db") as one, new_base(folder / "two.db") as two:
            for base, told in ((one, story), (two, other)):
                with write(base, ACT):
                    fill(base, everybody, told)
            before, text = heads(two), handed_out(one, "sales")
            known = {ref for ref, _voided in before if ref}
            new = [head for head in heads(one) if not head[1] and head[0] not in known]
            bring_in(two, folder, "sales", text)
            assert sorted(heads(two), key=repr) == sorted(before + new, key=repr)
            changes_nothing(two, folder, {"sales": text})


def heads(base: Base) -> list[tuple[str | None, str | None]]:
    """Return the references of all sales and refunds, and when they were voided."""
    sql = "select ref, voided_on from sale union all select ref, voided_on from refund"
    return base.execute(sql).fetchall()


@pytest.mark.parametrize(
    "said",
    [
        editing.Said(day=TODAY - timedelta(days=3)),
        editing.Said(who="2"),
        editing.Said(amount="77"),
        editing.Said(ref="B-2"),
        editing.Said(ref=""),
    ],
    ids=["day", "who", "amount", "ref", "no-ref"],
)
@pytest.mark.parametrize("ref", [None, "A-1"])
@pytest.mark.parametrize("typed", [True, False], ids=["typed", "imported"])
def test_an_export_of_before_a_sale_was_edited_changes_nothing(
    tmp_path: Path, said: editing.Said, ref: str | None, *, typed: bool
) -> None:
    with new_base(tmp_path / "base.db") as base:
        with write(base, ACT):
            for name in ("Анна", "Пётр"):
                contacts.add(base, NewContact(name), TODAY)
            if typed:
                sales.record(base, Buyer("1"), NewSale(TODAY, "10", ref=ref), TODAY, "olga")
        if not typed:
            bring_in(
                base, tmp_path, "sales", f"ref,date,name,amount\n{ref or ''},{TODAY},Анна,10\n"
            )
        text = handed_out(base, "sales")
        with write(base, ACT):
            editing.edit(base, 1, said, TODAY, "olga")
        changes_nothing(base, tmp_path, {"sales": text})


def test_a_reference_that_was_mistyped_is_free_for_its_own_sale(tmp_path: Path) -> None:
    with new_base(tmp_path / "base.db") as base:
        with write(base, ACT):
            sales.record(base, Buyer(None), NewSale(TODAY, "10", ref="2"), TODAY, "olga")
        with write(base, ACT):
            editing.edit(base, 1, editing.Said(ref="1"), TODAY, "olga")
        bring_in(base, tmp_path, "sales", f"ref,date,amount\n1,{TODAY},10\n2,{TODAY},20\n")
        assert base.execute("select ref, amount from sale").fetchall() == [("1", 1000), ("2", 2000)]
