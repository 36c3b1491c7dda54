"""The words and signs of an owner's rule: strings, numbers, names, operators, and nothing else."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from clientbase.errors import Refused
from clientbase.normal import refuse_control, shown
from clientbase.words import N_, _

LONGEST = 2_000

TokenKind = Literal["text", "number", "name", "operator", "(", ")", ",", "today"]

_SPACE = re.compile(r"\s+")
_TOKEN = re.compile(
    r"(?P<text>'(?:[^']|'')*')"
    r"|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?![\w.]))"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<today>:today\b)"
    r"|(?P<operator><=|>=|<>|!=|==|\|\||[=<>+%]|\*(?!/)|/(?!\*)|-(?!-))"
    r"|(?P<punctuation>[(),])"
)
# The other signs that people and programs put into SQL, and what serves instead.
_HINTS = {
    "'": N_("close the quoted text with another '"),
    '"': N_("text stands in single quotes: 'dog'"),
    "`": N_("names stand as they are, without quotes"),
    "[": N_("names stand as they are, without quotes"),
    "]": N_("names stand as they are, without quotes"),
    ";": N_("a rule is one condition, not several statements"),
    "-": N_("a rule holds no comments"),
    "/": N_("a rule holds no comments"),
    "*": N_("a rule holds no comments"),
    ":": N_(":today is the only value that stands for something"),
    "?": N_(":today is the only value that stands for something"),
    "@": N_(":today is the only value that stands for something"),
    "$": N_(":today is the only value that stands for something; amounts have no signs"),
    ".": N_("a fact has one name, without a point; amounts are typed 5000 or 99.50"),
    "«": N_("text stands in single quotes: 'dog'"),
    "“": N_("text stands in single quotes: 'dog'"),
    "‘": N_("text stands in single quotes: 'dog'"),
    "’": N_("text stands in single quotes: 'dog'"),
}


class Token(NamedTuple):
    """A word or sign of a rule, and at which character it stands, from 1."""

    kind: TokenKind
    text: str
    at: int


def tokens(rule: str) -> list[Token]:
    """Take a rule apart. Raises Refused, with the place, for what does not belong in a rule."""
    refuse_control(rule, lines=True)
    if len(rule) > LONGEST:
        raise Refused(
            _("the rule has {length} characters, {limit} are the most").format(
                length=len(rule), limit=LONGEST
            ),
            hint=_("make it shorter"),
        )
    found, at = [], 0
    while True:
        space = _SPACE.match(rule, at)
        at = space.end() if space else at
        if at == len(rule):
            break
        match = _TOKEN.match(rule, at)
        if match is None:
            raise _stray(rule, at)
        kind = match.lastgroup if match.lastgroup != "punctuation" else match[0]
        found.append(Token(kind, match[0], at + 1))  # type: ignore[arg-type]  # the groups are called as the kinds
        at = match.end()
    if not found:
        raise Refused(_("the rule is empty"), hint=_("write a condition, such as orders >= 2"))
    _balance(found)
    return found


def trouble(at: int, what: str, hint: str) -> Refused:
    """Make the refusal of a rule, naming the place."""
    return Refused(
        _("the rule can't be used: character {at}: {what}").format(at=at, what=what), hint=hint
    )


def _stray(rule: str, at: int) -> Refused:
    if rule[at].isdigit():
        word = re.match(r"[\w.]+", rule[at:])
        return trouble(
            at + 1,
            _("{text} is not a number").format(text=shown(word[0] if word else rule[at])),
            _("type it as 5000 or 99.50; text stands in single quotes: 'dog'"),
        )
    hint = _HINTS.get(rule[at], N_("clientbase segment facts lists what a rule may use"))
    what = _("{sign} does not belong here")
    if rule[at] == "'":
        what = _("a quoted text without an end")
    return trouble(at + 1, what.format(sign=rule[at]), _(hint))


def _balance(found: list[Token]) -> None:
    opened: list[Token] = []
    for token in found:
        if token.kind == "(":
            opened.append(token)
        elif token.kind == ")":
            if not opened:
                raise trouble(
                    token.at,
                    _("a bracket is closed that was not opened"),
                    _("give each ) its ("),
                )
            opened.pop()
    if opened:
        raise trouble(
            opened[-1].at, _("a bracket is opened and not closed"), _("give each ( its )")
        )
