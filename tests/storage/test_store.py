"""Editing a registry file."""

import os
from pathlib import Path

import msgspec
import pytest

from pkes import errors
from pkes.model.records import Member, Registry
from pkes.registry import changes, parsing
from pkes.storage import files, store

TEXT = """\
# kept by hand
format = 1

[cluster]
name = "Klaster Próbny"   # the name
coordinator = "alfa"

[members.alfa]
name = "Alfa"
sector = "ngo"
note = "one"

# still to be asked
[members.beta]
name = "Beta"
sector = "ngo"
"""
EDITED = TEXT.replace('note = "one"', 'note = "two"')
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "registry.toml"
    path.write_bytes(TEXT.encode())
    return path


def noting(note: str):
    """Return the command that gives Alfa this note."""

    def command(registry: Registry) -> Registry:
        alfa = msgspec.structs.replace(registry.members["alfa"], note=note)
        return msgspec.structs.replace(registry, members={**registry.members, "alfa": alfa})

    return command


def unchanged(registry: Registry) -> Registry:
    return registry


def agree(before: Registry, after: Registry, found: tuple[changes.Change, ...]) -> None:
    """Refuse nothing."""


def same_file(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_ino, one.st_mtime_ns) == (other.st_ino, other.st_mtime_ns)


class Refused(Exception):
    """What the guards of these tests raise."""


def refuse(before: Registry, after: Registry, found: tuple[changes.Change, ...]) -> None:
    raise Refused


class TestEdit:
    def test_changes_the_field_and_no_other_byte(self, path):
        written = store.edit(path, noting("two"), guard=agree)
        assert path.read_bytes() == EDITED.encode()
        assert written.registry == parsing.parse(EDITED) == store.load(path).registry
        assert written.changes == changes.compare(parsing.parse(TEXT), parsing.parse(EDITED))
        assert written.durable is True
        assert written.lost == ()

    def test_leaves_the_lock_file_and_nothing_else(self, path):
        store.edit(path, noting("two"), guard=agree)
        assert sorted(os.listdir(path.parent)) == [".registry.toml.lock", "registry.toml"]

    def test_a_byte_order_mark_and_line_ends_stay(self, path):
        path.write_bytes(BOM + TEXT.replace("\n", "\r\n").encode())
        store.edit(path, noting("two"), guard=agree)
        assert path.read_bytes() == BOM + EDITED.replace("\n", "\r\n").encode()

    def test_tells_the_comments_that_went(self, path):
        def remove_beta(registry: Registry) -> Registry:
            return msgspec.structs.replace(registry, members={"alfa": registry.members["alfa"]})

        path.write_text(TEXT.replace('"Beta"', '"Beta"  # for now'))
        written = store.edit(path, remove_beta, guard=agree)
        assert "# for now" in " ".join(written.lost)
        assert list(store.load(path).registry.members) == ["alfa"]

    def test_adds_a_record(self, path):
        gamma = Member(id="gamma", name="Gamma", sector="ngo")
        written = store.edit(
            path,
            lambda registry: msgspec.structs.replace(registry, members={**registry.members, "gamma": gamma}),
            guard=agree,
        )
        assert written.registry.members["gamma"] == gamma
        assert path.read_text().startswith(TEXT)

    def test_without_changes_the_file_is_untouched(self, path):
        before = path.stat()
        written = store.edit(path, noting("one"), guard=refuse)
        assert written == store.Written(parsing.parse(TEXT), TEXT, parsing.parse(TEXT), (), (), True)
        assert same_file(path.stat(), before)

    def test_the_guard_sees_both_registries_and_the_changes(self, path):
        seen = []
        written = store.edit(path, noting("two"), guard=lambda *given: seen.append(given))
        assert seen == [(parsing.parse(TEXT), parsing.parse(EDITED), written.changes)]

    @pytest.mark.parametrize("dry_run", [False, True])
    def test_the_guard_can_refuse(self, path, dry_run):
        with pytest.raises(Refused):
            store.edit(path, noting("two"), guard=refuse, dry_run=dry_run)
        assert path.read_text() == TEXT

    @pytest.mark.parametrize("dry_run", [False, True])
    def test_the_changes_agreed_to_are_carried_out(self, path, dry_run):
        shown = store.edit(path, noting("two"), guard=agree, dry_run=True)
        assert store.edit(path, noting("two"), guard=agree, expected=shown, dry_run=dry_run).changes == shown.changes

    @pytest.mark.parametrize("dry_run", [False, True])
    @pytest.mark.parametrize("command", [noting("three"), unchanged], ids=["others", "none"])
    def test_changes_not_agreed_to_are_refused(self, path, command, dry_run):
        shown = store.edit(path, noting("two"), guard=agree, dry_run=True)
        with pytest.raises(errors.ChangedMeanwhile) as caught:
            store.edit(path, command, guard=agree, expected=shown, dry_run=dry_run)
        assert caught.value.path == str(path)
        assert path.read_text() == TEXT

    def test_a_registry_with_an_error_is_not_locked_for_ever(self, path):
        path.write_text("")
        with pytest.raises(errors.Malformed):
            store.edit(path, noting("two"), guard=agree)
        path.write_text(TEXT)
        assert store.edit(path, noting("two"), guard=agree).changes

    def test_the_callback_runs_when_all_but_the_replace_is_done(self, path):
        seen = []

        def look() -> None:
            (temporary,) = path.parent.glob(".registry.toml.pkes-*.tmp")
            seen.append((path.read_text(), temporary.read_text()))

        store.edit(path, noting("two"), guard=agree, before_replace=look)
        assert seen == [(TEXT, EDITED)]


class TestDryRun:
    def test_says_the_same_and_writes_nothing(self, path):
        before = path.stat()
        dry = store.edit(path, noting("two"), guard=agree, dry_run=True)
        assert same_file(path.stat(), before)
        assert os.listdir(path.parent) == ["registry.toml"]
        assert dry == store.edit(path, noting("two"), guard=agree)

    def test_takes_no_lock(self, path):
        with files.lock(path):
            assert store.edit(path, noting("two"), guard=agree, dry_run=True).changes


class TestLinks:
    def test_a_chain_of_links_stays_one(self, path, tmp_path):
        near, far = tmp_path / "near", tmp_path / "far"
        near.mkdir()
        far.mkdir()
        real = path.rename(far / "members.toml")
        (near / "link.toml").symlink_to("../far/members.toml")
        path.symlink_to("near/link.toml")

        store.edit(path, noting("two"), guard=agree)

        assert real.read_text() == EDITED
        assert (path.readlink(), (near / "link.toml").readlink()) == (
            Path("near/link.toml"),
            Path("../far/members.toml"),
        )
        assert sorted(os.listdir(far)) == [".members.toml.lock", "members.toml"]
        assert os.listdir(near) == ["link.toml"]

    def test_errors_name_the_link(self, path, tmp_path):
        link = tmp_path / "link.toml"
        link.symlink_to("registry.toml")
        path.write_text("")
        with pytest.raises(errors.Malformed) as caught:
            store.edit(link, noting("two"), guard=agree)
        assert caught.value.path == str(link)


class TestVerify:
    """What stands between a fault of the program and the file."""

    @pytest.mark.parametrize("dry_run", [False, True])
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(TEXT, id="nothing changed"),
            pytest.param(EDITED.replace("Beta", "Gamma"), id="another field changed too"),
            pytest.param(EDITED + "[members.beta]\n", id="no TOML"),
            pytest.param("", id="no registry"),
            pytest.param(EDITED + "# \ud800\n", id="no UTF-8"),
        ],
    )
    def test_a_text_that_is_not_what_was_meant_is_not_written(self, path, monkeypatch, text, dry_run):
        real = changes.apply
        monkeypatch.setattr(changes, "apply", lambda *given: real(*given)._replace(text=text))
        with pytest.raises(errors.NotVerified) as caught:
            store.edit(path, noting("two"), guard=refuse, dry_run=dry_run)
        assert caught.value.rule == "meaning"
        assert path.read_text() == TEXT

    def test_a_record_that_the_edit_does_not_touch_is_not_parsed_again(self, path):
        def guard(before, after, changes):
            assert after.members["beta"] is before.members["beta"]
            assert after.members["alfa"] is not before.members["alfa"]

        assert store.edit(path, noting("two"), guard=guard).changes
