"""The parts of a rule: conditions between and, or and brackets, each of which holds or does not."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from clientbase.facts import compose
from clientbase.facts.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.facts.catalogue import Fact
    from clientbase.facts.wording import Word

_OPERATORS = frozenset({"=", "==", "<", "<=", ">", ">=", "<>", "!="})
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Clause(NamedTuple):
    """A part of a rule as it was typed, and its words."""

    text: str
    words: Sequence[Word]

    @property
    def sql(self) -> str:
        """The part alone, as a condition."""
        return " ".join(word.sql for word in self.words)

    @property
    def facts(self) -> list[Fact]:
        """The facts that the part reads, each once."""
        return list({word.fact.name: word.fact for word in self.words if word.fact}.values())

    def asked(self) -> tuple[str, str] | None:
        """Return the operator and the value that its fact is compared with, None for other forms.

        A fact that stands alone is `=` true, and one of things `=` the value that a field of
        theirs is asked for; `has(tags, 'club')` is `has` club.
        """
        keys = [word.key or ("fact" if word.fact else "value") for word in self.words]
        texts = [_plain(word) for word in self.words]
        if keys in (["fact"], ["not", "fact"]):
            value = self._value_of_things()
            if value:
                return "=" if len(keys) == 1 else "<>", value
            return "=", "true" if len(keys) == 1 else "false"
        if keys == ["has", "(", "fact", ",", "value", ")"]:
            return "has", texts[4]
        if len(keys) == len(("fact", "=", "value")) and keys[1] in _OPERATORS:
            if keys[0] == "fact" and not self.words[2].fact:
                return keys[1].replace("==", "="), texts[2]
            if keys[2] == "fact":
                return _TURNED.get(keys[1], keys[1]).replace("==", "="), texts[0]
        return None

    def _value_of_things(self) -> str:
        """Return the value in has_thing(KIND, FIELD, VALUE) as it was typed; '' in other forms."""
        found = re.fullmatch(compose.THINGS, self.facts[0].part)
        if not (found and found[2]):
            return ""
        inside = tokens(self.text)
        commas = [place for place, token in enumerate(inside) if token.kind == ","]
        value = inside[commas[-1] + 1 : -1]
        if value[0].kind == "text":
            return value[0].text[1:-1].replace("''", "'")
        return "".join(token.text for token in value)


def split(text: str, words: Sequence[Word]) -> list[Clause]:
    """Return the parts of a rule, in the order in which they stand in it."""
    starts = [word.token.at - 1 for word in words] + [len(text)]
    return [
        Clause(text[starts[first] : starts[end]].strip(), words[first:end])
        for first, end in _parts(words, 0, len(words))
    ]


def _parts(words: Sequence[Word], first: int, end: int) -> list[tuple[int, int]]:
    for operator in ("or", "and"):
        cuts = _cuts(words, first, end, operator)
        if cuts:
            edges = [first - 1, *cuts, end]
            return [part for a, b in pairwise(edges) for part in _parts(words, a + 1, b)]
    if words[first].key == "(" and _closing(words, first) == end - 1:
        return _parts(words, first + 1, end - 1)
    return [(first, end)]


def _cuts(words: Sequence[Word], first: int, end: int, operator: str) -> list[int]:
    """Return where an operator stands outside of brackets, case and between."""
    found, depth, between = [], 0, 0
    for place in range(first, end):
        key = words[place].key
        depth += (key in {"(", "case"}) - (key in {")", "end"})
        if depth:
            continue
        if key == "between":
            between += 1
        elif key == "and" and between:
            between -= 1
        elif key == operator:
            found.append(place)
    return found


def _closing(words: Sequence[Word], first: int) -> int:
    depth = 0
    for place in range(first, len(words)):
        depth += (words[place].key == "(") - (words[place].key == ")")
        if not depth:
            return place
    return len(words)


def _plain(word: Word) -> str:
    text = word.token.text
    return text[1:-1].replace("''", "'") if word.token.kind == "text" else text
