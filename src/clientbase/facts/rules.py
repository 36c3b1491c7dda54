"""An owner's rule: an SQL condition over the documented facts, and nothing else.

Three guards stand one behind the other: the rule is taken apart and put together anew from words
that are known; what comes out is tried alone on an empty table of facts, where no table of the
base may be read; and it runs outside the part that reads the base, which nothing else may do.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from clientbase.db import settings
from clientbase.db.trouble import PRIMARY
from clientbase.errors import Refused
from clientbase.facts import compose, having, rhythm, thresholds
from clientbase.facts.catalogue import known
from clientbase.facts.wording import FUNCTIONS, words_of
from clientbase.normal import fold
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.facts.catalogue import Fact
    from clientbase.facts.wording import Word

# What SQLite reports about a rule that is at fault itself: wrong SQL, a number or a text grown
# too large, something that is not allowed. Anything else is trouble of the base.
_OF_THE_RULE = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_AUTH,
    }
)
_CALLED = frozenset({*FUNCTIONS, "holds", "like"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule: SQL over the table `rule_facts`, and the facts that it reads."""

    sql: str
    facts: tuple[Fact, ...]


def words(base: Base, text: str) -> list[Word]:
    """Return the words of an owner's rule. Raises Refused, saying where and why."""
    return words_of(text, known(base), partial(having.read, base))


def compiled(base: Base, text: str) -> Rule:
    """Check an owner's rule and make it ready to run. Raises Refused, saying where and why."""
    return _checked(base, words(base, text))


def _checked(base: Base, words: Sequence[Word]) -> Rule:
    # A fact may go by two names: r is rfm_r.
    facts = {word.fact.part: word.fact for word in words if word.fact}
    rule = Rule(" ".join(word.sql for word in words), tuple(facts.values()))
    _try_alone(base, rule)
    return rule


def chosen(base: Base, rule: Rule, today: date, *, among: Sequence[int] | None = None) -> list[int]:
    """Return the ids of the contacts that a checked rule fits as of a day, all or among some.

    Raises Refused where the rule comes to something that can't be worked out.
    """
    parts = dict.fromkeys(("contact_id", *(fact.part for fact in rule.facts)))
    past = thresholds.totals(base, today)
    text = compose.statement(tuple(parts), "everyone", past=past)
    text += f",\n{_facts_of_rule(rule)}\nselect contact_id from rule_facts where {_condition(rule)}"
    given = {"scale": 10.0 ** settings.decimals(base)}
    values = thresholds.values(base, today, text, given)
    _register(base)
    found = {row[0] for row in _guard(base, text, values, _in_base)}
    return sorted(found if among is None else found.intersection(among))


def of_one(
    base: Base, text: str, contact: int, today: date, parts: Sequence[Sequence[Word]]
) -> list[bool]:
    """Return whether a rule, and each of these parts of it, fits one contact as of a day.

    Raises as `chosen` does.
    """
    rule = compiled(base, text)
    asked = [rule, *(Rule(" ".join(word.sql for word in part), ()) for part in parts)]
    facts = dict.fromkeys(("contact_id", *(fact.part for fact in rule.facts)))
    sql = compose.statement(tuple(facts), "one", past=thresholds.past(base, today))
    sql += f",\n{_facts_of_rule(rule)}\nselect {', '.join(map(_condition, asked))} from rule_facts"
    given = {"scale": 10.0 ** settings.decimals(base), "contact_id": contact}
    _register(base)
    (row,) = _guard(base, sql, thresholds.values(base, today, sql, given), _in_base)
    return [bool(fits) for fits in row]


def _try_alone(base: Base, rule: Rule) -> None:
    names = ", ".join(fact.part for fact in rule.facts) or "no_fact"
    nulls = ", ".join("null" for _fact in rule.facts) or "null"
    text = (
        f"with rule_facts({names}) as (select {nulls} where 0) "
        f"select {_condition(rule)} from rule_facts"
    )
    _register(base)
    values = {"today": ""} if ":today" in rule.sql else {}
    _guard(base, text, values, _alone)


def _condition(rule: Rule) -> str:
    return f"case when ({rule.sql}) then 1 end"


def _facts_of_rule(rule: Rule) -> str:
    """Return the facts as a rule sees them: text folded, money in whole units."""
    shaped = {fact.part: _shaped(fact) for fact in rule.facts if fact.part != "contact_id"}
    listed = ", ".join(["contact_id", *(f"{sql} as {part}" for part, sql in shaped.items())])
    return f"rule_facts as (select {listed} from facts)"


def _shaped(fact: Fact) -> str:
    if fact.kind == "money":
        return f"{fact.part} / :scale"
    if fact.kind == "text" and not (fact.choices and all(fold(c) == c for c in fact.choices)):
        return f"fold({fact.part})"
    return fact.part


def _register(base: Base) -> None:
    rhythm.register(base)
    rhythm.teach(base, "fold", 1, _folded)
    rhythm.teach(base, "has", 2, _has)
    rhythm.teach(base, "holds", 2, _holds)


def _folded(text: Any) -> str | None:
    return None if text is None else fold(str(text))


def _has(tags: Any, name: Any) -> int:
    return int(bool(tags) and str(name) in str(tags).split("\n"))


def _holds(values: Any, wanted: Any) -> int:
    """Tell whether a value is in a JSON list, text in any letter case."""
    if values in {None, "[]"}:
        return 0
    return int(wanted in [fold(v) if isinstance(v, str) else v for v in json.loads(values)])


def _guard(
    base: Base, text: str, values: dict[str, Any], allows: Callable[..., int]
) -> list[tuple[Any, ...]]:
    """Run under SQLite's authorizer, to the end, and take the authorizer off again."""
    base.set_authorizer(allows)
    try:
        return base.execute(text, values).fetchall()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY not in _OF_THE_RULE:
            raise
        raise Refused(
            _("the rule can't be used: {reason}").format(reason=error),
            hint=_("write a condition over the facts, such as: orders >= 2 and city = 'Kazan'"),
        ) from error
    finally:
        base.set_authorizer(None)


def _alone(action: int, one: str | None, two: str | None, *_rest: str | None) -> int:
    """Allow a rule on its own nothing but the listed functions, and its own table of facts."""
    called = action == sqlite3.SQLITE_FUNCTION and two in _CALLED
    passed = action == sqlite3.SQLITE_READ and (one, two) == ("rule_facts", "")
    if called or passed or action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _in_base(
    action: int, one: str | None, two: str | None, _base: str | None, inside: str | None
) -> int:
    """Allow reading inside the facts' own part alone: the rule stands outside of it."""
    if action == sqlite3.SQLITE_READ:
        if one and one.startswith(compose.KEPT):
            one = "contact_total"  # as it was on a past day
        # No column is named where rows are gone through and nothing of them is read.
        reads = one in _TABLES and (inside or (one in _GROUND and not two))
        return sqlite3.SQLITE_OK if reads else sqlite3.SQLITE_DENY
    allowed = action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION}
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


_GROUND = frozenset({"contact", "contact_total"})
_TABLES = frozenset(
    {
        "activity",
        "channel",
        "contact",
        "contact_point",
        "contact_tag",
        "contact_total",
        "field",
        "field_value",
        "lead",
        "leaving",
        "refund",
        "refund_line",
        "reminder",
        "reminder_rule",
        "sale",
        "sale_line",
        "stage",
        "stage_move",
        "tag",
        "thing",
    }
)
