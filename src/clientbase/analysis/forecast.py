"""What clients will buy: purchases to be expected, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.analysis import bgnbd, gammagamma, likelihood
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import Misuse
from clientbase.facts.reading import read
from clientbase.facts.smallness import SMALL
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from clientbase.analysis.likelihood import Array
    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

MONTHS = 12
DAYS = 7
# Those who came again so often, or more often, stand in one row of the check.
_OFTEN = 7
COLUMNS = columns(
    "frequency:number",
    "recency:number",
    "t:number",
    "monetary_value:money",
    "p_alive:share",
    "expected_purchases:number",
    "expected_value:money",
    "clv:money",
)
_PARAMS = columns(
    "r:number",
    "alpha:number",
    "a:number",
    "b:number",
    "p:number",
    "q:number",
    "v:number",
    "log_likelihood:number",
    "value_log_likelihood:number",
    "clients:number",
    "repeat_clients:number",
    "trained_to:date",
)
_HOLDOUT = columns(
    "frequency",
    "clients:number",
    "real:number",
    "predicted:number",
    "real_per_client:number",
    "predicted_per_client:number",
)


class Wish(NamedTuple):
    """How far to look ahead, and on which day to stop learning so that the rest checks it."""

    months: int | None = None
    train_to: date | None = None


class Client(NamedTuple):
    """What is foretold of a client: the cells of COLUMNS, and purchases after the training."""

    cells: Row
    purchases: float | None
    worth: float | None
    since: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is foretold of each client, by contact, with the tables and notes that go with it."""

    clients: dict[int, Client]
    tables: dict[str, Table]
    notes: list[str]


class _Seen(NamedTuple):
    """The clients' histories as of the last day of the training."""

    contacts: Sequence[int]
    history: bgnbd.History
    paid: Array  # the mean of the days of purchase after the first, in whole units


def forecast(base: Base, today: date, wish: Wish) -> Forecast:
    """Fit the two models and foretell what each client will buy.

    Raises Misuse where scipy is missing, and where there is no day after the training.
    """
    likelihood.needed()
    trained = wish.train_to or today
    if wish.train_to is not None and trained >= today:
        raise Misuse(
            _("{day} is not before {today}: nothing is left to check the forecast by").format(
                today=today, day=trained
            ),
            hint=_("let it learn up to an earlier day: --train-to DAY"),
        )
    seen = _seen(base, trained)
    model = bgnbd.fit(seen.history) if seen.contacts else None
    worth = _worth(seen)
    since = _since(base, today, wish.train_to)
    ahead = _weeks_ahead(today, wish)
    told = _clients(base, seen, (model, worth), ahead, since)
    tables = {"params": _params(seen, model, worth, trained)}
    notes = _notes(seen, model, worth, wish)
    if wish.train_to is not None:
        weeks = (today - trained).days / DAYS
        tables["holdout"] = _holdout(seen, model, weeks, since)
        notes.append(_told(tables["holdout"].rows, trained, today))
    return Forecast(told, tables, notes)


def _seen(base: Base, day: date) -> _Seen:
    import numpy as np

    facts = ("contact_id", "first_sale_on", "last_sale_on")
    rows = read(base, facts, day, SQL["histories"], scope="clients").fetchall()
    contacts, x, recency, t, paid = zip(*rows, strict=True) if rows else ((),) * 5
    units = np.asarray(paid, float) / 10 ** settings.decimals(base)
    return _Seen(contacts, bgnbd.history(x, recency, t), units / np.maximum(x, 1))


def _worth(seen: _Seen) -> gammagamma.Worth | None:
    x = seen.history.x[seen.history.place]
    paying = (x > 0) & (seen.paid > 0)
    return gammagamma.fit(x[paying], seen.paid[paying])


def _since(base: Base, today: date, trained: date | None) -> dict[int, int]:
    if trained is None:
        return {}
    values = {"trained": trained.isoformat()}
    return dict(
        read(base, ("contact_id",), today, SQL["since"], scope="clients", values=values).fetchall()
    )


def _weeks_ahead(today: date, wish: Wish) -> float:
    """Return how long the forecast is: months, or else what is there to check it by."""
    start = wish.train_to or today
    if wish.train_to is not None and wish.months is None:
        return (today - start).days / DAYS
    return (clock.add(start, clock.Span(0, wish.months or MONTHS)) - start).days / DAYS


def _clients(
    base: Base,
    seen: _Seen,
    fitted: tuple[bgnbd.Model | None, gammagamma.Worth | None],
    weeks: float,
    since: dict[int, int],
) -> dict[int, Client]:
    import numpy as np

    model, worth = fitted
    history = seen.history
    scale = 10 ** settings.decimals(base)
    nothing = np.full(len(history.x), np.nan)
    alive = bgnbd.alive(model, history) if model else nothing
    coming = (bgnbd.expected(model, history, weeks) if model else nothing)[history.place]
    x = history.x[history.place]
    value = gammagamma.expected(worth, x, seen.paid) if worth else np.full(len(x), np.nan)
    cells = zip(
        x.astype(int).tolist(),
        history.recency[history.place].tolist(),
        history.t[history.place].tolist(),
        _money(np.where(x > 0, seen.paid * scale, np.nan)),
        _known(alive[history.place]),
        _known(coming),
        _money(value * scale),
        _money(coming * value * scale),
        strict=True,
    )
    return {
        contact: Client(row, row[5], row[7], since.get(contact, 0))
        for contact, row in zip(seen.contacts, cells, strict=True)
    }


def _known(values: Array) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]  # noqa: PLR0124 - only what is no number differs from itself


def _money(values: Array) -> list[int | None]:
    """Return whole minor units, halves to even."""
    return [None if value != value else round(value) for value in values.tolist()]  # noqa: PLR0124 - the same


def _params(
    seen: _Seen, model: bgnbd.Model | None, worth: gammagamma.Worth | None, trained: date
) -> Table:
    often = model or (None,) * 5
    dear = worth or (None,) * 4
    again = int(seen.history.clients[seen.history.x > 0].sum())
    counted = (len(seen.contacts), again, trained.isoformat())
    row = (*often[:4], *dear[:3], often[4], dear[3], *counted)
    return Table("params", _PARAMS, [row], layout="card")


def _holdout(seen: _Seen, model: bgnbd.Model | None, weeks: float, since: dict[int, int]) -> Table:
    """Lay beside each other what was bought after the training and what the model expects."""
    import numpy as np

    history = seen.history
    expected = bgnbd.expected(model, history, weeks)[history.place] if model else None
    came = np.array([since.get(contact, 0) for contact in seen.contacts], int)
    often = np.minimum(history.x[history.place], _OFTEN)
    rows = []
    for times in range(_OFTEN + 1):
        here = often == times
        name = f"{times}+" if times == _OFTEN else f"{times}"
        rows.append(_compared(name, came[here], None if expected is None else expected[here]))
    return Table("holdout", _HOLDOUT, [row for row in rows if row[1]], keys=("frequency",))


def _compared(name: str, came: Array, expected: Array | None) -> Row:
    count = len(came)
    real = int(came.sum())
    foretold = None if expected is None else float(expected.sum())
    each = None if foretold is None or not count else foretold / count
    return name, count, real, foretold, real / count if count else None, each


def _told(rows: Iterable[Sequence[float | None]], trained: date, today: date) -> str:
    counted = list(rows)
    real = sum(row[2] or 0 for row in counted)
    foretold = [row[3] for row in counted if row[3] is not None]
    words = _("After {trained} up to {today} clients came {real} times; foretold: {foretold}.")
    what = grouped(round(sum(foretold))) if foretold else _("nothing")
    return Sentence(words, trained=trained, today=today, real=grouped(int(real)), foretold=what)


def _notes(
    seen: _Seen, model: bgnbd.Model | None, worth: gammagamma.Worth | None, wish: Wish
) -> list[str]:
    count = len(seen.contacts)
    if not count:
        return [_("There is nobody to learn from: no forecast.")]
    found = [_ahead(wish)]
    found.append(
        _(
            "Purchases by BG/NBD, their worth by gamma-gamma: times are in weeks, orders of one "
            "day are one purchase, frequency leaves the first out, and recency is from the first "
            "to the last. clv is expected purchases x expected value; nothing is discounted."
        )
    )
    if model is None:
        found.append(_("No finite BG/NBD model fits these clients: no purchases are foretold."))
    if worth is None:
        found.append(_("No finite gamma-gamma model fits these orders: no values are foretold."))
    if count < SMALL:
        told = ngettext(
            "A forecast from {count} client is little more than a guess.",
            "A forecast from {count} clients is little more than a guess.",
            count,
        )
        found.append(Sentence(told, count=grouped(count)))
    return found


def _ahead(wish: Wish) -> str:
    if wish.train_to is not None and wish.months is None:
        words = _("The forecast knows everything up to {day} and is of all days since.")
        return Sentence(words, day=wish.train_to)
    months = wish.months or MONTHS
    told = ngettext(
        "The forecast is for {count} month.", "The forecast is for {count} months.", months
    )
    told = Sentence(told, count=grouped(months))
    if wish.train_to is None:
        return told
    return Sentence(_("{told} It knows everything up to {day}."), told=told, day=wish.train_to)
