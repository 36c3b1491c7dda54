"""Recording sales: what one costs does not grow with those that were before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clientbase.db.journal import Act, write
from clientbase.people import contacts
from clientbase.people.contacts import NewContact
from clientbase.sales import sales
from clientbase.sales.sales import Buyer, NewSale

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from shop import Shop

ACT = Act("test", "olga", "2026-11-21T09:00:00Z")
TODAY = date(2026, 11, 21)
ALIKE = "insert into sale (contact_id, sold_on, amount) values (1, '2026-11-21', 90000)"


def work(base: Base) -> int:
    """Record a sale to the first contact, and return how much SQLite had to do for it."""
    steps: list[None] = []

    def counted() -> int:
        steps.append(None)
        return 0

    base.set_progress_handler(counted, 10)
    sales.record(base, Buyer("1"), NewSale(TODAY, "900"), TODAY, "olga")
    base.set_progress_handler(None, 0)
    return len(steps)


def test_a_sale_to_who_bought_a_thousand_times_that_day_is_no_more_work(shop: Shop) -> None:
    base = shop.connect()
    with write(base, ACT, dry_run=True):
        contacts.add(base, NewContact("Anna"), TODAY)
        base.executemany(ALIKE, [()] * 10)
        after_ten = work(base)
        base.executemany(ALIKE, [()] * 3000)
        after_thousands = work(base)
        total = base.execute("select orders, revenue, first_on, last_on from contact_total")
        assert total.fetchall() == [(3012, 3012 * 90000, "2026-11-21", "2026-11-21")]
    base.close()
    assert after_thousands < 2 * after_ten


def test_the_first_few_alike_are_named_and_the_rest_is_counted(shop: Shop) -> None:
    shop.ok("contact", "add", "Anna", "-q")
    for _sale in range(7):
        shop.ok("sale", "record", "1", "900", "-q")
    shop.ok("sale", "void", "7", "--reason", "twice", "-q")
    said = shop.run("sale", "record", "1", "900").err
    assert "The same amount on the same day: sale 1, 2, 3, 4, 5 and 1 more." in said
