"""Fuzzing: texts are changed at random, and each is held against a law; what breaks it is printed.

    python -m tests.proof.fuzz LAW SECONDS SEED

Where atheris is installed, the changes are led by what code they reach. Prints JSON: how many texts were tried, of how
many the law spoke, and the shortest text for each thing that is wrong.
"""

import importlib.util
import json
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

LED = importlib.util.find_spec("atheris") is not None
CODE = ["pkes.toml", "pkes.registry", "pkes.merge", "pkes.formats", "pkes.importing"]
OWN = 0.7
"""This share of the changes is made by the project's own means where atheris leads."""
LONGEST = 20_000
"""A text does not grow longer than so many characters."""


class Trying:
    """A law, and what was found of it."""

    def __init__(self, law: str, seed: int) -> None:
        from tests.proof.fuzz_laws import LAWS

        self.law, self.refusals, seeds = LAWS[law]
        self.pool = list(seeds())
        self.seed = seed
        self.tried = self.spoken_of = 0
        self.found: dict[str, str] = {}

    def one(self, text: str) -> bool:
        """Try a text, and return whether the law spoke of it. A byte order mark is no part of a text."""
        self.tried += 1
        text = text.lstrip("\ufeff")
        try:
            self.law(text, random.Random(f"{self.seed} {text}"))
        except self.refusals:
            return False
        except RecursionError:
            raise
        except Exception as error:
            self.note(error, text)
            return False
        self.spoken_of += 1
        return True

    def note(self, error: Exception, text: str) -> None:
        """Keep the shortest text for each thing that is wrong."""
        last = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error} at {Path(last.filename).name}:{last.lineno}"[:200]
        if len(text) < len(self.found.get(what, text + ".")):
            self.found[what] = text

    def told(self) -> dict[str, Any]:
        return {"tried": self.tried, "spoken_of": self.spoken_of, "found": self.found, "led": LED}


def wander(trial: Trying, seconds: float) -> None:
    """Change texts at random; one that the law speaks of is changed further. Those to begin with are tried as well."""
    from tests.proof import fuzz_texts

    rng = random.Random(trial.seed)
    pool = trial.pool
    end = time.monotonic() + seconds
    for text in pool:
        trial.one(text)
    while time.monotonic() < end:
        text = fuzz_texts.mutate(rng.choice(pool), rng, pool)[:LONGEST]
        if trial.one(text) and rng.random() < 0.3:
            pool.append(text)


def be_led(trial: Trying, seconds: float, folder: Path) -> None:
    """Let atheris change texts, by these means and its own. It does not return."""
    import atheris

    from tests.proof import fuzz_texts

    pool = trial.pool
    for number, text in enumerate(pool):
        (folder / f"seed-{number}").write_bytes(text.encode())
    end = time.monotonic() + seconds

    def one(data: bytes) -> None:
        trial.one(data.decode(errors="ignore"))
        if time.monotonic() > end:
            # libFuzzer would end the process without a word, and the folder would stay.
            shutil.rmtree(folder)
            print(json.dumps(trial.told()), flush=True)
            os._exit(0)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < OWN:
            return fuzz_texts.mutate(data.decode(errors="ignore"), rng, pool).encode(errors="ignore")[:most]
        return atheris.Mutate(data, most)

    options = [f"-max_len={LONGEST}", f"-seed={trial.seed % 2**31 + 1}", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(folder)], one, custom_mutator=mutate)
    atheris.Fuzz()


def main(law: str, seconds: str, seed: str) -> None:
    """Fuzz for some seconds, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        if LED:
            import atheris

            with atheris.instrument_imports(include=CODE):
                trial = Trying(law, int(seed))
            be_led(trial, float(seconds), Path(folder))
        trial = Trying(law, int(seed))
        wander(trial, float(seconds))
        print(json.dumps(trial.told()))


if __name__ == "__main__":
    main(*sys.argv[1:])
