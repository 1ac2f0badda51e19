"""The translations are compiled when pkes is built: hatchling runs this hook for wheels and editable installations.

Babel compiles them, a requirement of the build as hatchling is one: a writer of our own would be one more to trust.
"""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = "pkes/locale"


class CompiledTranslations(BuildHookInterface):
    """Puts the compiled catalogues into what is built, though git ignores them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue below the folder of the project, and name the results as part of the build."""
        for po in Path(self.root, LOCALE).rglob("*.po"):
            compile_catalogue(po)
        build_data["artifacts"].append(f"/{LOCALE}/**/*.mo")


def compile_catalogue(po: Path) -> Path:
    """Compile a catalogue to the `.mo` file beside it, replaced as a whole: another process may be reading it."""
    mo = po.with_suffix(".mo")
    new = mo.with_name(f"{mo.name}.{os.getpid()}")
    with po.open("rb") as source, new.open("wb") as target:
        write_mo(target, read_po(source, domain=po.stem))
    return new.replace(mo)
