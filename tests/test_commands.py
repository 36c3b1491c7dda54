"""What every command has: every format, help with an example, a line in README."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clientbase.cli.command import FORMAT_NAMES, Command, Noun, build, first_sentence
from clientbase.cli.root import NOUNS, VERBS
from clientbase.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer.models import CommandInfo

    from shop import Shop

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def _app(module: str) -> Noun:
    app: Noun = import_module(f"clientbase.cli.{module}").app
    return app


def _walk(app: Noun, path: str) -> Iterator[tuple[str, CommandInfo]]:
    for info in app.registered_commands:
        yield f"{path} {info.name}", info
    for name in app.apart:
        apart = app.info_of(name)
        assert apart is not None
        yield f"{path} {name}", apart
    for name, (sub, _) in app.subs.items():
        yield from _walk(sub, f"{path} {name}")


def every_command() -> dict[str, CommandInfo]:
    """Return each command of the tree by what is typed."""
    found = {name: info for name, (module, _) in VERBS.items() if (info := _lone(module, name))}
    for name, (module, _) in NOUNS.items():
        found.update(_walk(_app(module), name))
    return found


def _lone(module: str, name: str) -> CommandInfo | None:
    return _app(module).info_of(name)


COMMANDS = every_command()


def test_the_tree_names_what_its_modules_hold() -> None:
    assert set(VERBS) <= set(COMMANDS)
    for name, (module, about) in VERBS.items():
        info = _lone(module, name)
        assert info is not None
        assert first_sentence(info).startswith(about.removesuffix(".")), name
    for name, (module, _) in NOUNS.items():
        app = _app(module)
        assert app.registered_commands or app.apart, name
        for verb, (_module, sentence) in app.apart.items():
            info = app.info_of(verb)
            assert info is not None
            assert first_sentence(info) == sentence


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_takes_every_format(path: str) -> None:
    command: Any = build(COMMANDS[path])
    assert isinstance(command, Command)
    options = {name for param in command.params for name in param.opts}
    assert {"--format", "--output", "-o", "--quiet"} <= options


def test_the_formats_offered_are_the_formats_there_are() -> None:
    assert set(FORMAT_NAMES) == set(FORMATS)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_help_that_ends_with_an_example(path: str, nowhere: Shop) -> None:
    ran = nowhere.run(*path.split(), "--help")
    example = str(COMMANDS[path].epilog)
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.endswith("Example:\n" + "".join(f"  {x}\n" for x in example.splitlines()))
    assert re.match(rf"clientbase (--db \S+ )?{path}\b", example)
    assert not nowhere.path.exists()


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_line_in_readme(path: str) -> None:
    assert re.search(rf"`{path}[ `]", README)


def test_a_misspelt_name_gets_the_nearest(nowhere: Shop) -> None:
    assert nowhere.run("contcat").err == (
        "error: there is no command clientbase contcat\nhint: did you mean: clientbase contact\n"
    )
    assert nowhere.run("sale", "recrod").err == (
        "error: there is no command clientbase sale recrod\n"
        "hint: did you mean: clientbase sale record\n"
    )
    assert nowhere.run("xyz").err == (
        "error: there is no command clientbase xyz\nhint: clientbase --help lists them\n"
    )


# What a command writes is called so for good: a key may come, and none may go or change.
KEYS = {
    "thing list": "thing_id contact_id name kind thing fields note entered_on",
    "thing kinds list": "kind_id kind fields things",
    "field list": "field_id name of type choices required contacts",
}


@pytest.mark.parametrize("path", KEYS)
def test_the_keys_of_a_command_are_a_promise(path: str, shop: Shop) -> None:
    header = shop.ok(*path.split(), "--format", "csv").removesuffix("\n")
    assert header.split(",") == KEYS[path].split()
