"""The words of a rule put together anew: known facts, functions and operators, rightly combined."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from clientbase.errors import Refused
from clientbase.facts.tokens import Token, tokens, trouble
from clientbase.normal import fold, shown
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clientbase.facts.catalogue import Fact
    from clientbase.facts.having import Having

# Whether something of a kind belongs to a contact, and whether a product was bought: read apart,
# because they name kinds and fields, and products.
HAS_THING, HAS_BOUGHT = "has_thing", "has_bought"
ASKING = frozenset({HAS_THING, HAS_BOUGHT})
# Functions that a rule may call, with the fewest and the most values that each takes.
FUNCTIONS = {
    "abs": (1, 1),
    "coalesce": (2, 20),
    "has": (2, 2),
    "ifnull": (2, 2),
    "instr": (2, 2),
    "length": (1, 1),
    "lower": (1, 1),
    "max": (2, 20),
    "min": (2, 20),
    "nullif": (2, 2),
    "round": (1, 2),
    "substr": (2, 3),
    "trim": (1, 1),
    "upper": (1, 1),
}
# Text is compared in any letter case, for which it is in small letters already.
_CALLED_AS = {"upper": "lower"}
_VALUES = frozenset({"null", "true", "false"})
_OPERATORS = "and or not is in between like escape case when then else end isnull notnull"
KEYWORDS = _VALUES | set(_OPERATORS.split())
_HINTS = {
    N_("a rule asks nothing of the base but the facts: clientbase segment facts lists them"): (
        "select exists with from where values union join order group limit having intersect "
        "except distinct as recursive insert update delete drop attach pragma table"
    ),
    N_(":today and the days_… facts serve instead, such as days_since_sale < 90"): (
        "date datetime time julianday strftime unixepoch now current_date current_time "
        "current_timestamp timediff"
    ),
    N_("like serves instead: name like 'Iva%'"): "glob regexp match ilike contains",
    N_("letter case makes no difference anyway"): "collate nocase binary",
}
_ENDS = _VALUES | {")", "end", "isnull", "notnull"}
_COMPARING = frozenset({"=", "==", "<>", "!=", "<", "<=", ">", ">="})
_EDGES = frozenset({"and", "or", "not", "when", "then", "else", "case", "end", "(", ")", ","})
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|--\d\d-\d\d")


class Word(NamedTuple):
    """A word of a rule: its token, its SQL, and the fact that it names."""

    token: Token
    sql: str
    fact: Fact | None = None
    call: bool = False

    @property
    def key(self) -> str:
        """What the word is called in any letter case; nothing for texts and numbers."""
        return "" if self.token.kind in {"text", "number"} or self.fact else self.sql


def words_of(
    rule: str, facts: Mapping[str, Fact], asked: Callable[[Sequence[Token]], Having]
) -> list[Word]:
    """Return the words of a rule, ready to be joined with blanks. Raises Refused.

    `asked` reads what has_thing() or has_bought() asks for, from the tokens that begin with it.
    """
    words, found = [], tokens(rule)
    while found:
        if found[0].kind == "name" and fold(found[0].text) in ASKING:
            having = asked(found)
            words.append(Word(found[0], having.sql, having.fact))
            found = found[having.length :]
        else:
            call = len(found) > 1 and found[1].kind == "("
            words.append(_word(found[0], facts, call=call))
            found = found[1:]
    if not any(word.fact for word in words):
        raise Refused(
            _("the rule names no fact"),
            hint=_("clientbase segment facts lists what a rule may use"),
        )
    _check_neighbours(words)
    _check_ends(words)
    _check_calls(words)
    _check_comparisons(words)
    for place, word in enumerate(words):
        _check_values(words, place, word)
    return words


def _word(token: Token, facts: Mapping[str, Fact], *, call: bool) -> Word:
    if token.kind == "text":
        typed = _folded(token.text[1:-1].replace("''", "'"))
        return Word(token, "'" + typed.replace("'", "''") + "'")
    if token.kind != "name":
        return Word(token, token.text)
    name = fold(token.text)
    if name in KEYWORDS:
        return Word(token, name)
    if name in facts and not (call and name in FUNCTIONS):
        return Word(token, facts[name].part, facts[name])
    if call and name in FUNCTIONS:
        return Word(token, _CALLED_AS.get(name, name), call=True)
    raise _unknown(token, name, facts, call=call)


def _folded(text: str) -> str:
    """Fold a text as what it is compared with, but keep a blank at its ends, for `like`."""
    return re.sub(r"\s+", " ", re.sub(r"\S+", lambda found: fold(found[0]), text))


def _unknown(token: Token, name: str, facts: Mapping[str, Fact], *, call: bool) -> Exception:
    for hint, names in _HINTS.items():
        if name in names.split():
            what = _("{name} does not belong in a rule").format(name=shown(token.text))
            return trouble(token.at, what, _(hint))
    from clientbase.nearest import meant

    if call:
        what = _("there is no function {name}").format(name=shown(token.text))
        known = sorted({*FUNCTIONS, *ASKING})
        listed = _("the functions are: {names}").format(names=", ".join(known))
        return trouble(token.at, what, meant(name, known, listed))
    what = _("there is no fact {name}").format(name=shown(token.text))
    listed = _("clientbase segment facts lists what a rule may use")
    return trouble(token.at, what, meant(name, (fact.name for fact in facts.values()), listed))


def _is_value(word: Word) -> bool:
    return bool(word.fact) or word.token.kind in {"text", "number", "today"}


def _check_neighbours(words: Sequence[Word]) -> None:
    """Refuse two values with nothing between them, and `in` without a list of values."""
    for before, after in pairwise(words):
        ends = _is_value(before) or before.key == ")"
        if ends and (_is_value(after) or after.call or after.key == "("):
            hint = _("put and, or, or a comparison between; numbers and names have no blanks")
            if after.key == "(" and before.fact:
                hint = _("{name} is a fact, not a function").format(name=before.fact.name)
            raise trouble(
                after.token.at,
                _("an operator is missing before {text}").format(text=shown(after.token.text)),
                hint,
            )
        if before.key == "in" and after.key != "(":
            raise trouble(
                after.token.at,
                _("the values after in stand in brackets"),
                _("such as: city in ('Kazan', 'Pskov')"),
            )


def _check_ends(words: Sequence[Word]) -> None:
    """Refuse an operator with nothing behind it, and brackets with nothing inside."""
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        if after is not None and after.key not in {")", ","}:
            continue
        listed = place > 0 and (words[place - 1].key == "in" or words[place - 1].call)
        if not (_is_value(word) or word.key in _ENDS or (word.key == "(" and listed)):
            what = _("the rule stops after {text}") if after is None else _("{text} has no value")
            raise trouble(
                word.token.at,
                what.format(text=shown(word.token.text)),
                _("write a whole condition, such as orders >= 2"),
            )


def _check_calls(words: Sequence[Word]) -> None:
    """Refuse a call with too few or too many values, and tags outside of has()."""
    opened: list[tuple[Word | None, int, int]] = []  # the function, commas, place of the bracket
    for place, word in enumerate(words):
        if word.key == "(":
            before = words[place - 1] if place else None
            opened.append((before if before and before.call else None, 0, place))
        elif word.key == "," and opened:
            function, commas, start = opened[-1]
            opened[-1] = (function, commas + 1, start)
        elif word.key == ")":
            function, commas, start = opened.pop()
            if function:
                _check_count(function, 0 if place == start + 1 else commas + 1)
        _check_tags(words, place)


def _check_count(function: Word, count: int) -> None:
    name = fold(function.token.text)
    fewest, most = FUNCTIONS[name]
    if not fewest <= count <= most:
        raise trouble(
            function.token.at,
            _("{name}() takes {fewest} to {most} values, and here it has {count}").format(
                name=name, fewest=fewest, most=most, count=count
            ),
            _("separate the values with commas"),
        )


def _check_tags(words: Sequence[Word], place: int) -> None:
    """See that has() asks for tags, and that nothing else does."""
    word = words[place]
    inside = place > 1 and words[place - 2].call and words[place - 2].sql == "has"
    first = inside and words[place - 1].key == "("
    of_tags = word.fact is not None and word.fact.kind == "list"
    alone = place + 1 < len(words) and words[place + 1].key == ","
    if of_tags != first or (of_tags and not alone):
        raise trouble(
            word.token.at,
            _("tags and has() go together, and with nothing else"),
            _("such as: has(tags, 'club')"),
        )


def _check_comparisons(words: Sequence[Word]) -> None:
    """Refuse 1 < orders < 5, which SQL reads as (1 < orders) < 5."""
    compared = [False]
    for word in words:
        if word.key == "(":
            compared.append(False)
        elif word.key == ")":
            compared.pop()
        elif word.key in _EDGES:
            compared[-1] = False
        elif word.key in _COMPARING:
            if compared[-1]:
                raise trouble(
                    word.token.at,
                    _("two comparisons in a row"),
                    _("write 1 < orders and orders < 5"),
                )
            compared[-1] = True


def _check_values(words: Sequence[Word], place: int, word: Word) -> None:
    """Refuse values that a fact can never have: a text for a number, an unknown kind of base."""
    if word.fact is None or not _edge(words, place - 1, _COMPARING):
        return
    for other in _compared_with(words, place):
        if other.token.kind in {"text", "number"}:
            check_value(word.fact, other)


def _edge(words: Sequence[Word], place: int, also: frozenset[str]) -> bool:
    return not 0 <= place < len(words) or words[place].key in _EDGES | also


def _compared_with(words: Sequence[Word], place: int) -> list[Word]:
    """Return the values that the fact at a place is compared with, where they stand alone."""
    if place > 1 and words[place - 1].key in _COMPARING and _edge(words, place - 3, frozenset()):
        return [words[place - 2]]
    start = place + 1
    if start < len(words) and words[start].key == "not":
        start += 1
    operator = words[start].key if start < len(words) else ""
    if operator == "is" and start + 1 < len(words) and words[start + 1].key == "not":
        start += 1
    if operator in _COMPARING or operator == "is":
        return list(words[start + 1 : start + 2]) if _edge(words, start + 2, frozenset()) else []
    if operator == "between":
        return [*words[start + 1 : start + 2], *words[start + 3 : start + 4]]
    return _until(words[start + 2 :], lambda word: word.key == ")") if operator == "in" else []


def _until(words: Sequence[Word], ends: Callable[[Word], bool]) -> list[Word]:
    end = next((place for place, word in enumerate(words) if ends(word)), len(words))
    return list(words[:end])


def check_value(fact: Fact, value: Word) -> None:
    """Refuse a text or a number that a fact can never be."""
    is_text, typed = value.token.kind == "text", value.sql.strip("'")
    hint = ""
    if fact.kind in {"number", "money"} and is_text:
        hint = _("{name} is a number: write it without quotes").format(name=fact.name)
    elif fact.kind == "yes/no" and is_text:
        hint = _("{name} is true or false").format(name=fact.name)
    elif fact.kind == "date" and not (is_text and _DAY.fullmatch(typed)):
        hint = _("{name} is a day: write it as '2026-03-01', or use :today").format(name=fact.name)
    elif fact.kind == "text" and not is_text:
        hint = _("{name} is a text: write it in single quotes").format(name=fact.name)
    elif fact.choices and typed.replace("''", "'") not in map(fold, fact.choices):
        hint = _("one of: {choices}").format(choices=", ".join(fact.choices))
    if hint:
        what = _("{name} can't be {value}").format(name=fact.name, value=shown(value.token.text))
        raise trouble(value.token.at, what, hint)
