"""All helps there are. Run as a module, it prints them as JSON: a language is chosen before commands are imported."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.conftest import environment

ROOT = Path(__file__).parents[2]


class Help(NamedTuple):
    """A command's help: as it is printed, the text that stands first, and the metavar and text of each parameter."""

    printed: str
    text: str
    parameters: dict[str, tuple[str, str]]


def helps(language: str, columns: int = 300) -> dict[str, Help]:
    """Return the help of every command in a language, by the command."""
    env = environment({"PKES_LANG": language, "COLUMNS": str(columns), "TERM": "dumb"})
    command = [sys.executable, "-m", "tests.cli.helps"]
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=True)
    return {name: Help(*held) for name, held in json.loads(ran.stdout).items()}


def _all(command: Any, context: Any) -> Iterator[tuple[str, Any, Any]]:
    from typer.core import TyperGroup

    yield context.command_path, command, context
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            yield from _all(found, found.context_class(found, info_name=name, parent=context))


def _collected() -> Iterator[tuple[str, Help]]:
    from pkes.cli.command_tree import pkes_command

    top = pkes_command()
    for path, command, context in _all(top, top.context_class(top, info_name="pkes")):
        told = {one.name: (one.metavar or "", one.help or "") for one in command.get_params(context)}
        yield path, Help(_printed(path.split()[1:]), command.help or "", told)


def _printed(arguments: list[str]) -> str:
    import io

    from pkes.cli import app

    before, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        app.main([*arguments, "--help"])
        sys.stdout.flush()
        return sys.stdout.buffer.getvalue().decode()  # type: ignore[attr-defined]
    finally:
        sys.stdout = before


if __name__ == "__main__":
    from pkes.i18n import preferred_language, use_language

    use_language(preferred_language())
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    json.dump(dict(_collected()), sys.stdout, ensure_ascii=False)
