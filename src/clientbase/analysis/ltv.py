"""What a client is worth: what came in so far, ARPA / churn, and a forecast, side by side."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.analysis import churn
from clientbase.analysis.forecast import COLUMNS as FORETOLD
from clientbase.analysis.forecast import Wish, forecast
from clientbase.db.statements import statements
from clientbase.facts import definitions, left_out, smallness
from clientbase.facts.catalogue import CELLS
from clientbase.facts.reading import read
from clientbase.table import Bars, Column, Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clientbase.analysis.churn import Kept
    from clientbase.analysis.forecast import Client, Forecast
    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

_WHO = columns("contact_id:id", "external_id", "name", "revenue:money")
_SINCE = columns("holdout_purchases:number")
_MORE = columns(
    "orders:number",
    "average_order:money",
    "first_sale_on:date",
    "last_sale_on:date",
    "channel",
    "segment",
    "arpa:money",
    "churn:percent",
    "arpa_churn:money",
)
_FIGURES = columns(
    "clients:number",
    "revenue:money",
    "revenue_per_client:money",
    "arpa:money",
    "churn:percent",
    "arpa_churn:money",
)
_AHEAD = columns("expected_purchases:number", "clv:money", "clv_per_client:money")
_FACTS = (
    "contact_id",
    "external_id",
    "name",
    "revenue",
    "orders",
    "average_order",
    "first_sale_on",
    "last_sale_on",
    "channel",
    "frequency_class",
    "value_class",
)
_NOBODY = churn.Kept(0, 0, 0)


class _One(NamedTuple):
    """A client: the cells of the list that are no forecast, the months, and what is foretold."""

    row: Sequence[Any]
    kept: Kept
    ahead: Client | None

    @property
    def month(self) -> str:
        return str(self.row[6])[:7]

    @property
    def channel(self) -> str | None:
        return self.row[8]  # type: ignore[no-any-return]  # a cell of a table may hold anything

    @property
    def segment(self) -> str:
        return str(self.row[9])


def report(
    base: Base, today: date, *, churn_after: str | None = None, ahead: Wish | None = None
) -> Table:
    """Return what each client is worth as of a day, the dearest first.

    With tables of all together and by channel, month of coming and segment. A wish adds the
    forecast. Raises Refused for days that can't be, Misuse where the forecast can't be made.
    """
    months = churn.span(base, today, churn_after)
    foretold = None if ahead is None else forecast(base, today, ahead)
    rows = read(base, _FACTS, today, SQL["clients"], scope="clients").fetchall()
    begun = min((date.fromisoformat(row[6]) for row in rows), default=None)
    kept = {} if churn.too_young(months, begun) else churn.kept(base, today, months)
    told = foretold.clients if foretold else {}
    clients = [_One(row, kept.get(row[0], _NOBODY), told.get(row[0])) for row in rows]
    shown = [one for one in clients if foretold is None or one.ahead is not None]
    later = len(clients) - len(shown)
    # Who was a client as the training ended, and gave all back since.
    gone = told.keys() - {one.row[0] for one in clients}
    if gone:
        shown += [_One(row, _NOBODY, told[row[0]]) for row in _these(base, today, gone)]
    whole = churn.together(one.kept for one in clients)
    checked = ahead is not None and ahead.train_to is not None
    lines = (_row(one, whole.churn, checked=checked) for one in _best_first(shown))
    table = Table("ltv", _columns(foretold, checked=checked), lines, as_of=today.isoformat())
    table.count = lambda: len(shown)
    table.essential = _essential(foretold)
    table.keys = ("contact_id", "external_id", "name")
    table.empty = left_out.no_clients(base, today)
    table.tables = _tables(clients, foretold)
    table.heads = ("params",) if foretold else ()
    table.notes = _notes(base, today, foretold, (len(clients), later))
    if begun is not None:
        said = churn.trouble(base, today, months, begun, lost=whole.lost)
        table.notes.insert(1, said or churn.note(months, whole))
    return table


def _these(base: Base, today: date, contacts: Iterable[int]) -> list[Row]:
    values = {"ids": json.dumps(sorted(contacts))}
    return read(base, _FACTS, today, SQL["clients"], scope="these", values=values).fetchall()


def _best_first(clients: Iterable[_One]) -> list[_One]:
    return sorted(
        clients,
        key=lambda one: (-_or_less(one.ahead and one.ahead.worth), -one.row[3], one.row[0]),
    )


def _or_less(worth: float | None) -> float:
    return -1.0 if worth is None else worth


def _columns(foretold: Forecast | None, *, checked: bool) -> tuple[Column, ...]:
    if foretold is None:
        return _WHO + _MORE
    return _WHO + FORETOLD + (_SINCE if checked else ()) + _MORE


def _essential(foretold: Forecast | None) -> tuple[str, ...]:
    if foretold is None:
        return ("contact_id", "name", "revenue", "orders", "arpa", "arpa_churn", "segment")
    ahead = ("p_alive", "expected_purchases", "holdout_purchases", "clv")
    return ("contact_id", "name", "revenue", *ahead, "arpa_churn")


def _row(one: _One, rate: float | None, *, checked: bool) -> Row:
    arpa = one.kept.arpa
    worth = arpa * 100 / rate if arpa is not None and rate else None
    own = (*one.row[4:], arpa, rate if arpa is not None else None, worth)
    if one.ahead is None:
        return (*one.row[:4], *own)
    since = (one.ahead.since,) if checked else ()
    return (*one.row[:4], *one.ahead.cells, *since, *own)


def _tables(clients: Sequence[_One], foretold: Forecast | None) -> dict[str, Table]:
    figures = _FIGURES + (_AHEAD if foretold else ())
    whole = [_figures(clients, foretold)] if clients else []
    tables = {"figures": Table("figures", figures, whole, layout="card")}
    for name, key, by, order in _GROUPS:
        groups: dict[str | None, list[_One]] = {}
        for one in clients:
            groups.setdefault(by(one), []).append(one)
        rows = [(group, *_figures(groups[group], foretold)) for group in order(groups)]
        made = Table(name, (Column(key), *figures), rows, keys=(key,))
        made.essential = (key, "clients", "revenue_per_client", "arpa_churn", "clv_per_client")
        made.picture = Bars(key, ("revenue",))
        tables[name] = made
    return tables | (foretold.tables if foretold else {})


def _figures(clients: Sequence[_One], foretold: Forecast | None) -> Row:
    kept = churn.together(one.kept for one in clients)
    revenue = sum(one.row[3] for one in clients)
    found = (len(clients), revenue, revenue / len(clients), kept.arpa, kept.churn, kept.worth)
    return found if foretold is None else (*found, *_ahead(clients))


def _ahead(clients: Sequence[_One]) -> Row:
    told = [one.ahead for one in clients if one.ahead is not None]
    coming = [client.purchases for client in told if client.purchases is not None]
    worth = [client.worth for client in told if client.worth is not None]
    each = sum(worth) / len(worth) if worth else None
    return sum(coming) if coming else None, sum(worth) if worth else None, each


def _by_revenue(groups: dict[str | None, list[_One]]) -> list[str | None]:
    sums = {name: sum(one.row[3] for one in group) for name, group in groups.items()}
    return sorted(groups, key=lambda name: (-sums[name], name or ""))


def _by_name(groups: dict[str | None, list[_One]]) -> list[str | None]:
    return sorted(groups, key=str)


def _by_class(groups: dict[str | None, list[_One]]) -> list[str | None]:
    return [name for name in CELLS if name in groups]


_GROUPS: tuple[tuple[str, str, Callable[[_One], str | None], Any], ...] = (
    ("channels", "channel", lambda one: one.channel, _by_revenue),
    ("months", "month", lambda one: one.month, _by_name),
    ("segments", "segment", lambda one: one.segment, _by_class),
)


def _notes(
    base: Base, today: date, foretold: Forecast | None, counts: tuple[int, int]
) -> list[str]:
    clients, later = counts
    found = [
        _(
            "Three figures that are not one another: revenue so far is what was paid less refunds; "
            "ARPA / churn is what an active client brings a month over the share lost in a month "
            "(a client's is the own ARPA over the churn of all); clv is the forecast."
        )
    ]
    found += foretold.notes if foretold else [_("A forecast: clientbase report ltv --forecast")]
    if later:
        told = ngettext(
            "{count} client came after that day and is left out of the list.",
            "{count} clients came after that day and are left out of the list.",
            later,
        )
        found.append(Sentence(told, count=grouped(later)))
    found += definitions.notes(base, today, ("frequency_class", "value_class"))
    found += [] if foretold else smallness.notes(clients)
    return found + left_out.notes(base, today)
