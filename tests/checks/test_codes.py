"""`pkes check --explain CODE`: every code is explained, and its examples are wrong and right."""

import re

import pytest

from pkes.checks.codes import CODES
from pkes.cli.command_tree import COMMANDS

TABLES = {
    "file": "format = 1\n",
    "cluster": '[cluster]\nname = "K"\ncoordinator = "igla"\n',
    "policy": "[policy]\n",
    "sector": '[sectors.ngo]\npl = "p"\nen = "e"\n',
    "member": '[members.igla]\nname = "Fundacja Igła"\nsector = "ngo"\n',
    "inquiry": '[inquiries.2025-01-02-abc]\nreceived = 2025-01-02\nperson = "Jan"\nemail = "jan@example.org"\n'
    'channel = "web"\ntopic = "join"\nstatus = "new"\nlawful_basis = "Art. 6(1)(b)"\n',
}
"""A registry that is right, but for an inquiry that waits."""
PLACES = {
    "file": {"format"},
    "policy": {"ignore"},
    "cluster": {"number", "declared-members", "unknown-member"},
    "inquiry": {"choice", "date-order", "erased-data", "lawful-basis", "name-or-person", "email-or-phone", "unlinked",
                "undated", "overdue", "retention-due", "not-informed"},
}  # fmt: skip
"""The codes whose examples are lines of these tables; the others are a member's, or have headers of their own."""
LEFT_OUT = {
    "name-or-person": {"person", "email"},
    "email-or-phone": {"person", "email"},
    "erased-data": {"person", "email", "lawful_basis"},
    "lawful-basis": {"lawful_basis"},
}
"""What the example is about, and what is to be missing where it does not stand."""


def placed(code: str, lines: str) -> str:
    """Return the registry with the lines of an example where they belong."""
    where = next((name for name, codes in PLACES.items() if code in codes), "member")
    own = "" if lines.startswith("[") else without(TABLES[where], lines, LEFT_OUT.get(code, set()))
    return "\n".join({**TABLES, where: own + lines}.values()) + "\n"


def without(text: str, lines: str, keys: set[str]) -> str:
    """Return the lines of a text without those of some keys, and of the keys that other lines have."""
    gone = keys | set(re.findall(r"^(\w+) = ", lines, re.MULTILINE))
    return "".join(f"{line}\n" for line in text.splitlines() if line.partition(" = ")[0] not in gone)


@pytest.mark.parametrize("code", [code for code in CODES if not code.startswith("file-") and code != "members-removed"])
def test_the_examples_are_wrong_and_right(write_registry, pkes, code):
    known = CODES[code]
    wrong = known.wrong.replace("[[[[[[ … ]]]]]]", "[" * 70 + "]" * 70)
    path = write_registry("")
    path.write_bytes(placed(code, wrong).encode().replace(b"\\xf3", b"\xf3"))
    assert f" {code} " in pkes("check").out
    write_registry(placed(code, known.right))
    assert f" {code} " not in pkes("check").out


@pytest.mark.parametrize("code", CODES)
def test_the_commands_it_names_exist(code):
    for name, inner in re.findall(r'"?pkes (\w+)(?: (\w+))?', CODES[code].mend):
        assert name in COMMANDS
        assert isinstance(COMMANDS[name], str) or not inner or inner in COMMANDS[name]


@pytest.mark.parametrize("code", ["spaces", "conflict", "empty"])
def test_it_is_plain_text_on_a_pipe(pkes, expect, code):
    ran = pkes("check", "--explain", code)
    assert (ran.status, ran.err) == (0, "")
    expect(f"explain-{code}.txt", ran.out)


def test_a_terminal_wraps_it(terminal, expect):
    expect("explain-nip-60.txt", terminal("check", "--explain", "nip", columns=60))


def test_no_registry_is_needed(tmp_path, monkeypatch, pkes):
    monkeypatch.chdir(tmp_path)
    assert pkes("check", "--explain", "NIP").out.startswith("nip (error)\n")


def test_an_unknown_code_is_wrong_usage(pkes):
    ran = pkes("check", "--explain", "postcode")
    assert ran == (2, "", 'pkes: unknown code "postcode" (did you mean "postal-code"?)\n')
    ran = pkes("check", "--explain", "nosuch")
    assert (ran.status, ran.err.splitlines()) == (
        2,
        ['pkes: unknown code "nosuch"', f"the codes: {', '.join(CODES)}"],
    )
    assert pkes("check", "--explain", "").status == 2
