"""`pkes schema`."""

import json

import pytest

from pkes.model.schema import schema


@pytest.fixture(autouse=True)
def no_registry(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_it_is_printed_as_it_is(pkes):
    ran = pkes("schema")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out) == schema(str)
    assert ran.out.startswith('{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n  "title": ')
    assert ran.out.endswith("\n}\n")


def test_it_names_the_sectors_of_the_registry(shipped, pkes):
    ran = pkes("schema")
    sectors = ["business", "ngo", "public-administration", "science", "social-economy"]
    assert (ran.status, ran.err, json.loads(ran.out)) == (0, "", schema(str, sectors))


def test_a_registry_that_cannot_be_read_is_told_of(write_registry, pkes):
    write_registry("no registry")
    ran = pkes("schema")
    assert (ran.status, json.loads(ran.out)) == (0, schema(str))
    assert ran.err.startswith("pkes: warning: the schema does not name the registry's sectors: registry.toml:1:")
    ran = pkes("-r", "nothing.toml", "schema")
    assert (ran.status, json.loads(ran.out)) == (0, schema(str))
    assert ran.err.endswith("registry's sectors: nothing.toml: cannot be read: No such file or directory\n")


def test_a_terminal_gets_the_same(pkes, terminal):
    assert terminal("schema", columns=60) == pkes("schema").out


def test_it_takes_nothing(pkes):
    assert pkes("schema", "x").status == 2
