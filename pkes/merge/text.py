"""Three texts of a registry become one: git's own merge where that is right, else the merge of their fields."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from pkes.errors import CannotEdit, Malformed, NotVerified
from pkes.merge.form import is_formed_alike, unformed
from pkes.merge.pasting import pasted
from pkes.merge.records import Clash, Combined, Conflict, combine, following, renamed
from pkes.model.records import KIND, KindName, Registry, field_path, records, toml_items
from pkes.registry.changes import Change, apply, compare
from pkes.registry.parsing import parse
from pkes.registry.parsing_again import parse_near
from pkes.toml import reading, render, tree
from pkes.toml.comment_merge import merge_comments
from pkes.toml.scan import Path, comment_spans, comments
from pkes.toml.tree import Layout, Span, layout_of


class Lost(NamedTuple):
    """A comment that found no place in the merged text: the version that has it, `ours` or `theirs`, and its line."""

    comment: str
    side: str
    line: int


class Merged(NamedTuple):
    """A merged text, with git's markers around each conflict, and the comments that found no place in it.

    `registry` is what it holds, with ours at a conflict; `versions` are the base, ours and theirs. `unformed` are the
    records that theirs has brought into another form, and that stand in that of ours; where only the order of the
    records is another one, the file.
    """

    text: str
    conflicts: tuple[Conflict, ...]
    lost: tuple[Lost, ...]
    registry: Registry
    versions: tuple[Registry, Registry, Registry]
    unformed: tuple[tuple[KindName, str | None], ...] = ()


def merge(
    base: str,
    ours: str,
    theirs: str,
    textual: str | None = None,
    *,
    with_base: bool = False,
    with_markers: bool = True,
) -> Merged:
    """Merge three versions of a registry's text without byte order marks; the base is empty where there is none.

    `textual` is git's own merge of them where that is clean. `with_base` shows the base at a conflict, too, as git
    does in the style `diff3`. Without markers, ours stands at a conflict. Raises `Malformed` where one of them is no
    registry, `CannotEdit` where its layout cannot be edited safely, `NotVerified` where the merged text would not be
    what was meant.
    """
    before = parse(base) if base.strip() else Registry()
    mine = parse_near(ours, base, before)
    versions = before, mine, mine if ours == theirs else parse_near(theirs, base, before)
    if ours == theirs:
        return Merged(ours, (), (), mine, versions)
    combined = combine(*versions)
    if textual is not None and (held := _held_rightly(textual, ours, combined, versions)):
        return Merged(textual, (), (), held, versions)
    expected = _as_written(base, versions[0], versions[2]) if base.strip() else theirs
    if is_formed_alike(before, versions[2], expected, theirs):
        return _Merge((base, ours, theirs), versions, combined).merged(with_base=with_base, with_markers=with_markers)
    if not combined.clashes and is_formed_alike(before, mine, _as_written(base, before, mine), ours):
        # Ours has changed data and comments alone: with these in the text of theirs, the form of both survives.
        turned = versions[0], versions[2], versions[1]
        swapped = combine(*turned)
        if not compare(swapped.registry, combined.registry, find_renames=False):
            merged = _Merge((base, theirs, ours), turned, swapped).merged(with_base=False, with_markers=False)
            turned_back = {"ours": "theirs", "theirs": "ours"}
            lost = tuple(one._replace(side=turned_back[one.side]) for one in merged.lost)
            return merged._replace(versions=versions, lost=lost)
    merged = _Merge((base, ours, theirs), versions, combined).merged(with_base=with_base, with_markers=with_markers)
    if merged.conflicts:  # there is more to settle than form
        return merged
    return merged._replace(unformed=tuple(unformed(before, versions[2], expected, theirs, merged.text)))


def _as_written(base: str, before: Registry, after: Registry) -> str | None:
    """Return the text that a side would have if it had changed data alone; None where that cannot be said."""
    try:
        return apply(base, compare(before, after), after).text
    except (CannotEdit, NotVerified):
        return None


def _held_rightly(
    textual: str, ours: str, combined: Combined, versions: tuple[Registry, Registry, Registry]
) -> Registry | None:
    """Return what git's own merge holds, None where it is not right.

    It is where it says what the merge of fields says, and has merged the lines of long texts in conflict.
    """
    _, mine, theirs = versions
    try:
        held = parse_near(textual, ours, mine)
    except Malformed:
        return None
    differing = compare(combined.registry, held, find_renames=False)
    merged = {Conflict(one.kind, one.id, one.field): one.new for one in differing if one.action == "changed"}
    if len(merged) < len(differing) or merged.keys() != {clash.conflict for clash in combined.clashes}:
        return None
    is_right = all(
        isinstance(new, str) and "\n" in new and has[2] and new != _value(theirs, kind, own_id, field or "")
        for ((kind, id, field), has) in combined.clashes
        for new, own_id in [(merged[Conflict(kind, id, field)], combined.own_id(2, kind, id))]
    )
    return held if is_right else None


class _Merge:
    """A merge of fields in the text of ours."""

    def __init__(
        self, texts: Sequence[str], registries: tuple[Registry, Registry, Registry], combined: Combined
    ) -> None:
        ours = texts[1]
        self._newline = reading.line_end(ours)
        self._ends_open = bool(ours) and not ours.endswith("\n")
        self._ours_as_given = ours
        self._base, self._ours, theirs = map(self._whole_lines, texts)
        self._theirs = following(theirs, registries[2], combined.references[2])
        self._registries = registries
        self._combined = combined

    def _whole_lines(self, text: str) -> str:
        text = text.replace("\r\n", "\n")
        whole = text if text.endswith("\n") or not text else text + "\n"
        return whole.replace("\n", self._newline)

    def merged(self, *, with_base: bool, with_markers: bool) -> Merged:
        """Return the merged text. Raises `CannotEdit` and `NotVerified`."""
        to_merged = self._to_merged(0), self._to_merged(1), self._to_merged(2)
        text = merge_comments(
            self._base, self._ours, self._theirs, self._with_data_of_theirs(), to_merged, set(self._apart())
        )
        self._verify(text)
        is_marked = with_markers and self._combined.clashes
        text = self._with_markers(text, with_base=with_base) if is_marked else self._ended(text)
        lost = _lost(self._base, self._ours, self._theirs, text)
        conflicts = tuple(clash.conflict for clash in self._combined.clashes)
        return Merged(text, conflicts, tuple(lost), self._combined.registry, self._registries)

    def _verify(self, text: str) -> None:
        """Raise `NotVerified` if a text does not hold the merged registry."""
        try:
            held = parse_near(text, self._ours_as_given, self._registries[1])
        except Malformed:
            raise NotVerified("meaning") from None
        if compare(held, self._combined.registry):
            raise NotVerified("meaning")

    def _with_data_of_theirs(self) -> str:
        """Return ours with the merged data."""
        wanted = self._combined.registry
        found = [
            *(Change(kind, new, "renamed", "id", old, new) for (kind, old), new in self._combined.to_merged[1].items()),
            *compare(renamed(self._registries[1], self._combined.to_merged[1]), wanted, find_renames=False),
        ]
        as_in_theirs = pasted(self._theirs, found, lambda kind, id: self._combined.own_id(2, kind, id), self._known)
        return apply(self._ours, found, wanted, pasted=as_in_theirs).text

    def _known(self, kind: KindName) -> dict[str | None, str]:
        """Return the ids of the records of ours by those that theirs has for them."""
        renamed = self._combined.to_merged[1]
        own = records(self._registries[1], KIND[kind])
        return {self._combined.own_id(2, kind, renamed.get((kind, id), id)): id for id in own}

    def _to_merged(self, side: int) -> Callable[[Path], Path]:
        """Return what leads the path of a table on a side to that of the merged one."""
        renames = self._combined.to_merged[side]
        merged: dict[Path, str] = {(KIND[kind].table, old): new for (kind, old), new in renames.items()}
        return lambda path: (path[0], merged.get(path[:2], path[1]), *path[2:]) if len(path) > 1 else path

    def _ended(self, text: str) -> str:
        """Return a text with its last line end, unless ours goes without one and still ends with the same table."""
        if not self._ends_open or layout_of(text).sections[-1].path != layout_of(self._ours).sections[-1].path:
            return text
        return text.removesuffix(self._newline)

    # Conflicts.

    def _apart(self) -> Iterator[Path]:
        """Yield the paths of the tables and fields of which a conflict shows what each side has."""
        for kind, id, field in (clash.conflict for clash in self._combined.clashes):
            yield field_path(kind, id, field)

    def _with_markers(self, text: str, *, with_base: bool) -> str:
        layouts = [layout_of(self._base), layout_of(text), layout_of(self._theirs)]
        for clash in self._combined.clashes:
            layouts[1] = self._comparable(layouts, clash)
        marked = []
        for clash in self._combined.clashes:
            span = self._span(1, layouts[1], clash.conflict)
            if span is None:
                raise self._cannot_show(clash.conflict)
            shown = [self._shown(side, layouts[side], clash, span) for side in range(3)]
            marked.append((span, self._marked(clash.conflict, shown, with_base=with_base)))
        text, at, parts = layouts[1].text, 0, []
        for span, new in sorted(marked):
            parts += [text[at : span.start], new]
            at = span.end
        return "".join([*parts, text[at:]])

    def _comparable(self, layouts: Sequence[Layout], clash: Clash) -> Layout:
        """Return the merged text with a field in conflict so that each side's version can take its place."""
        (kind, id, field), has = clash
        path = field_path(kind, id, field)
        if field is None or not layouts[1].below(path):
            return layouts[1]
        sides = [side for side in (0, 2) if has[side]]
        spans = [self._span(side, layouts[side], clash.conflict) for side in (1, *sides)]
        same_id = all(self._combined.own_id(side, kind, id) == id for side in sides)
        if same_id and all(span and span.is_table for span in spans):
            return layouts[1]
        text = _with_header(layouts[1], path[:-1], self._newline)
        value = _value(self._combined.registry, kind, id, field)
        for new in (None, value):
            text = apply(text, [Change(kind, id, "changed", field, None, new)], self._combined.registry).text
        return layout_of(text)

    def _shown(self, side: int, layout: Layout, clash: Clash, around: Span) -> str:
        """Return what a side has at a conflict, as it is written there: nothing, where it has nothing.

        Raises `CannotEdit` where that could not stand in the place of what the merged text has there.
        """
        if not clash.has[side]:
            return ""
        span = self._span(side, layout, clash.conflict)
        if span and span.is_table == around.is_table:
            own = self._combined.own_id(side, clash.conflict.kind, clash.conflict.id)
            if side == 1 or clash.conflict.field is None or not span.is_table or own == clash.conflict.id:
                return layout.text[span.start : span.end]
        if around.is_table:
            raise self._cannot_show(clash.conflict)
        return self._rendered(side, clash.conflict)

    def _cannot_show(self, conflict: Conflict) -> CannotEdit:
        path = field_path(conflict.kind, self._combined.own_id(1, conflict.kind, conflict.id), conflict.field)
        named = ".".join(part for part in conflict if part is not None)
        return CannotEdit(layout_of(self._ours).place(path)[0], named)

    def _rendered(self, side: int, conflict: Conflict) -> str:
        """Return a field of a side as a statement written anew."""
        kind, id, field = conflict
        value = _value(self._registries[side], kind, self._combined.own_id(side, kind, id), field or "")
        return render.statement(field_path(kind, id, field)[-1], value).replace("\n", self._newline)

    def _span(self, side: int, layout: Layout, conflict: Conflict) -> Span | None:
        # The text with ours' markers has the merged ids already.
        id = conflict.id if side == 1 else self._combined.own_id(side, conflict.kind, conflict.id)
        path = field_path(conflict.kind, id, conflict.field)
        return tree.table(layout, path) if conflict.field is None else tree.field(layout, path[:-1], path[-1])

    def _marked(self, conflict: Conflict, shown: Sequence[str], *, with_base: bool) -> str:
        """Return the sides of a conflict between git's markers."""
        about = " ".join(part or '""' for part in conflict if part is not None)
        base = [f"||||||| base: {about}", shown[0]] if with_base else []
        own = self._combined.own_id(2, conflict.kind, conflict.id)
        theirs = about if own == conflict.id else f"{about} ({own})"
        parts = [f"<<<<<<< ours: {about}", shown[1], *base, "=======", shown[2], f">>>>>>> theirs: {theirs}"]
        return "".join(part if part.endswith("\n") or not part else part + self._newline for part in parts)


def _value(registry: Registry, kind: KindName, id: str | None, field: str) -> Any:
    if kind == "file":
        return {"format": registry.format, **registry.extra}[field]
    return dict(toml_items(records(registry, KIND[kind])[id or ""]))[field]


def _with_header(layout: Layout, path: Path, newline: str) -> str:
    """Return a text in which a table has a header of its own, not only tables in it."""
    if not path or layout.is_table(path):
        return layout.text
    at = layout.block_above(layout.below(path)[0])
    return f"{layout.text[:at]}{render.header(path)}{newline}{newline}{layout.text[at:]}"


def _lost(base: str, ours: str, theirs: str, merged: str) -> Iterator[Lost]:
    """Yield the comments that a merged text should have and has not: what nobody took away, and what a side added."""
    was, mine, other = (Counter(layout_of(text).comments) for text in (base, ours, theirs))
    held = Counter(comments(merged))  # with markers, it is no TOML
    for comment in mine | other:
        changes = mine[comment] - was[comment], other[comment] - was[comment]
        due = was[comment] + (max(changes) if min(changes) >= 0 else sum(changes))
        if due > held[comment]:
            side, text = ("theirs", theirs) if changes[1] >= changes[0] else ("ours", ours)
            at = [start for start, end in comment_spans(text, 0, len(text)) if text[start:end] == comment]
            # Of comments that read the same nobody knows which one it is: as many of the last ones are named.
            yield from (Lost(comment, side, text.count("\n", 0, start) + 1) for start in at[held[comment] - due :])
