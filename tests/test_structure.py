"""The figures of the structure are those of the checkout that is given."""

import subprocess
import sys

from tests import structure

FILES = {
    "pkes/__init__.py": "from pkes.top.high import f\n",
    "pkes/base.py": "import pkes.top\nimport os\n\n\ndef short():\n    return 1\n",
    "pkes/other.py": "from pkes import base\n",
    "pkes/top/__init__.py": "",
    "pkes/top/high.py": "def f():\n    from pkes.base import short\n\n    def g():\n        return 1\n\n    return g",
    "pkes/cli/__init__.py": "",
    "pkes/cli/a.py": "from pkes.cli import b\n",
    "pkes/cli/b.py": "from pkes.cli.c import d\n",
    "pkes/cli/c.py": "import pkes.cli.a\n",
    "tests/test_imports.py": "ROOMS = (('cli',), ('top',), ('base', 'other'))\n",
}
FIGURES = """\
files                   9
lines                  18
packages                3
longest file            7  top/high.py
longest function        7  top/high.py: f
rooms of pkes           4  3 arrows
  in circles            1  base <-> top
rooms of pkes.cli       3  3 arrows
  in circles            1  a <-> b <-> c
arrows upward           2  base -> top, other -> base
"""


def test_a_checkout_has_its_own_figures(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    command = [sys.executable, structure.__file__, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == FIGURES
