"""`pkes schema`."""

import json

from pkes.model.schema import schema


def test_it_is_printed_as_it_is(pkes):
    ran = pkes("schema")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out) == schema(str)
    assert ran.out.startswith('{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n  "title": ')
    assert ran.out.endswith("\n}\n")


def test_it_needs_no_registry(tmp_path, monkeypatch, pkes):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "registry.toml").write_text("no registry")
    for arguments in (["schema"], ["-r", "nothing.toml", "schema"]):
        assert pkes(*arguments).status == 0


def test_a_terminal_gets_the_same(pkes, terminal):
    assert terminal("schema", columns=60) == pkes("schema").out


def test_it_takes_nothing(pkes):
    assert pkes("schema", "x").status == 2
