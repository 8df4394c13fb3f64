"""From a file to the registers: recognise, read, resolve, number, check, show; and only then store, all or nothing."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_type_hints

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.documents.document import EXPLANATIONS
from lianfang.foundation.documents.limits import WEB, Limits
from lianfang.foundation.documents.recognise import recognise, register_of
from lianfang.foundation.documents.register_reading import Reading, read_register
from lianfang.foundation.documents.shape import listing
from lianfang.foundation.documents.tables import Contents, Table
from lianfang.foundation.journal.storing import Stored, stored_numbers
from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.parameters import parameters
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.kernel.rows import differences
from lianfang.site.directory import Directory
from lianfang.site.import_numbers import NUMBER, Serials, number_lines, reserve, settle
from lianfang.site.intake import Intake
from lianfang.site.registers import REGISTERS, Register, stored_rows
from lianfang.site.rules import RULES
from lianfang.site.stated_grades import held_against, is_stated

CHUNK = 5_000
MOST_LINTED = 20_000


@dataclass
class Preview:
    """A whole file, dry: what each table would do."""

    intakes: list[Intake]
    findings: list[Finding]

    @property
    def is_storable(self) -> bool:
        """At least one table was recognised and none has an error of form."""
        return bool(self.intakes) and not any(intake.has_errors for intake in self.intakes)


@dataclass(frozen=True, slots=True)
class Taking:
    """How a file is taken in: the unit of lines that name none, the bounds, and whether its states are adopted."""

    unit: str = ""
    limits: Limits = WEB
    adopting: bool = False
    today: datetime.date | None = None


def preview(contents: Contents, terms: Taking = Taking()) -> Preview:
    """Read every table of a file into the registers, without storing anything.

    Form, references and repeats are always checked; the rules of quality too, up to ``MOST_LINTED`` lines: beyond that
    they run on the stored registers (``lianfang lint``), where their time can be seen.
    """
    return preview_together([contents], terms)[0]


def preview_together(papers: Sequence[Contents], terms: Taking = Taking()) -> list[Preview]:
    """Read files that belong together, one preview each: a line may refer to one of another file, in any order.

    The rules look at all of them at once, so that a bureau's papers are checked as they will be once stored.
    """
    previews = [Preview([], list(contents.findings)) for contents in papers]
    directory, serials = Directory(), Serials()
    stated: list[list[Table]] = [[] for _ in papers]
    found = (
        (place, position, register, table)
        for position, contents in enumerate(papers)
        for place, register, table in _recognised(contents.tables, previews[position].findings, stated[position])
    )
    for _, position, register, table in sorted(found, key=lambda item: item[:2]):
        previews[position].intakes.append(_take_in(register, table, (directory, serials), terms))
    intakes = [intake for previewed in previews for intake in previewed.intakes]
    today = terms.today or timezone.localdate()
    for previewed, tables in zip(previews, stated, strict=True):
        previewed.findings += held_against(tables, directory, intakes, today, terms.unit, terms.limits)
    if sum(len(intake.rows) for intake in intakes) <= MOST_LINTED:
        _lint(intakes, today)
    return previews


def _take_in(register: Register, table: Table, known: tuple[Directory, Serials], terms: Taking) -> Intake:
    directory, serials = known
    reading = read_register(table, register.sheet, terms.limits)
    present = frozenset(filter(None, reading.fields)) - _untaken(register, adopting=terms.adopting)
    intake = Intake(register, table.name, present, findings=list(reading.findings))
    lines = _rows_of(register, reading, directory, intake, terms)
    entries = [entry for entry, _ in lines]
    number_lines(intake, [row for _, row in lines], serials, lambda line: reading.place(entries[line], NUMBER))
    if len(lines) <= MOST_LINTED:
        # The cells are of use no longer, but the places of what the rules will find are.
        placing = dataclasses.replace(reading, rows=[], findings=[])
        intake.place_of = lambda line, name: placing.place(entries[line], name)
    _compare(register, intake)
    directory.offer(register.kind, map(_named, intake.rows))
    return intake


@transaction.atomic
def store_preview(actor: User, previewed: Preview, source: str, adopted: str = "") -> list[tuple[Register, Stored]]:
    """Store every table of a preview in one transaction; ``adopted`` is the decision that approved the lists before.

    Raises:
        Conflict: something that the preview was held against was changed since; nothing is stored.
        Invalid: the preview has errors of form; nothing is stored.
    """
    if not previewed.is_storable:
        raise Invalid("文件里还有必须先改正的错误，没有导入任何内容。", "请按检查结果修改文件后再次导入。")
    done = []
    reserve(previewed.intakes)
    for position, intake in enumerate(previewed.intakes):
        _demand_unchanged(intake)
        settle(intake, previewed.intakes[position + 1 :])
        register = intake.register
        if adopted and register.adopt:
            stored = register.adopt(actor=actor, rows=intake.rows, source=source, adopted=adopted)
        else:
            stored = register.store(actor=actor, rows=intake.rows, source=source)
        done.append((register, stored))
    return done


def _demand_unchanged(intake: Intake) -> None:
    """Columns that the file lacks were filled from the stored entries: these must still be what they were."""
    numbers = intake.own_numbers
    now = {row.number: row for row in _stored_by_number(intake.register, numbers, lock=True)}
    moved = [number for number in numbers if now.get(number) != intake.before.get(number)]
    if moved:
        raise Conflict(
            f"检查文件以后，有 {len(moved)} 条刚刚被别人改动，没有导入任何内容。",
            "请重新上传文件，核对对方的修改后再导入。",
            details=moved[:50],
        )


def _recognised(
    tables: Iterable[Table], findings: list[Finding], stated: list[Table]
) -> Iterator[tuple[int, Register, Table]]:
    """Tables with the register that their headings speak of, and its place in the order of storing.

    Lists of post grades go to ``stated``: they are compared, not stored.
    """
    known = {register_of(register.sheet): register for register in REGISTERS}
    for table in tables:
        listed = None if table.name == EXPLANATIONS else listing(table, tuple(known))
        if listed is None:
            continue
        if is_stated(listed):
            stated.append(table)
            continue
        columns = [list(cells) for cells in zip(*listed.rows[:50], strict=True)]
        recognised = recognise(listed.headings, columns, (*listed.titles, table.name), tuple(known))
        if recognised.register is None:
            message = f"工作表“{table.name}”没有导入：{recognised.reason}"
            findings.append(Finding("", "", message, code="IMP010", severity=Severity.WARNING))
            continue
        register = known[recognised.register]
        yield REGISTERS.index(register), register, table


def _rows_of(
    register: Register, reading: Reading, directory: Directory, intake: Intake, terms: Taking
) -> list[tuple[int, Any]]:
    """Entry and Row of each line; one whose reference cannot be found is reported at its cell and left out."""
    if not reading.rows:
        return []
    specs = _fields(cast("Hashable", register.row))
    columns = _columns_of(register, reading, terms)
    faulty = _resolve(register, columns, directory, reading, intake)
    names = list(columns)
    never_none = {name for name in names if specs[name].default is not None}
    required = [name for name in specs if specs[name].default is dataclasses.MISSING and name != NUMBER]
    rows = []
    for entry, values in enumerate(zip(*columns.values(), strict=True)):
        if entry in faulty:
            continue
        # A blank of a field that is never None takes the Row's own default.
        line = {n: v for n, v in zip(names, values, strict=True) if v is not None or n not in never_none}
        if register.supply:
            register.supply(line)
        missing = [name for name in required if line.get(name) in (None, "")]
        if missing:
            intake.findings += [_missing(register, name, reading.place(entry, name)) for name in missing]
        else:
            rows.append((entry, register.row(**line)))
    return rows


def _columns_of(register: Register, reading: Reading, terms: Taking) -> dict[str, list[Any]]:
    """The values that are taken from a reading, field by field."""
    taken = _fields(cast("Hashable", register.row)).keys() - _untaken(register, adopting=terms.adopting)
    columns = {name: [values[name] for values in reading.rows] for name in reading.rows[0] if name in taken}
    if terms.adopting and "state" in columns:
        columns["state"] = [_state(register, str(text)) for text in columns["state"]]
    columns.setdefault(NUMBER, [""] * len(reading.rows))
    if "unit" in register.references:
        given = columns.get("unit") or [""] * len(reading.rows)
        columns["unit"] = [unit or terms.unit for unit in given]
    return columns


def _missing(register: Register, name: str, place: Any) -> Finding:
    message = f"缺少“{register.row.headings.get(name, name)}”，系统也推断不出来。"
    return _fault("IMP031", message, name, place)


def _untaken(register: Register, *, adopting: bool) -> frozenset[str]:
    """Columns that are not taken from a file; an adopted list brings its states with it."""
    return register.output_only - {"state"} if adopting and register.adopt else register.output_only


def _state(register: Register, text: str) -> Any:
    """The state that a cell names; an unknown word takes the Row's default."""
    states: Any = get_type_hints(register.row)["state"]
    return states.read(text)


@functools.cache
def _fields(row: Any) -> dict[str, dataclasses.Field[Any]]:
    return {spec.name: spec for spec in dataclasses.fields(row)}


def _resolve(
    register: Register, columns: dict[str, list[Any]], directory: Directory, reading: Reading, intake: Intake
) -> set[int]:
    """Replace names by numbers, column by column; lines that name something unknown are reported and returned."""
    faulty: set[int] = set()
    units = [""] * len(reading.rows)
    for name, kind in register.references.items():
        if name not in columns:
            continue
        known: dict[tuple[Any, str], Any] = {}
        directory.expect(kind, _texts(columns[name]))
        for entry, pair in enumerate(zip(columns[name], units, strict=True)):
            if pair not in known:
                known[pair] = _resolved(directory, kind, *pair)
            if known[pair] is None:
                faulty.add(entry)
                label = register.row.headings.get(name, name)
                shown = "、".join(pair[0]) if isinstance(pair[0], tuple) else pair[0]
                message = f"{label}“{shown}”没有登记，或者有重名；请写编号，或先登记。"
                intake.findings.append(_fault("IMP030", message, name, reading.place(entry, name)))
        columns[name] = [known[pair] for pair in zip(columns[name], units, strict=True)]
        if name == "unit":
            units = columns[name]
    return faulty


def _texts(values: Iterable[Any]) -> set[str]:
    """Every text that a column of references holds; a cell may hold several."""
    return {text for value in set(values) for text in (value if isinstance(value, tuple) else (value,)) if text}


def _resolved(directory: Directory, kind: str, given: Any, unit: str) -> Any:
    """The number, or tuple of numbers, that a cell refers to; ``None`` where any part of it is unknown."""
    if not isinstance(given, tuple):
        return directory.resolve(kind, given or "", unit or "")
    found = tuple(directory.resolve(kind, text, unit or "") for text in given)
    return None if None in found else found


def _compare(register: Register, intake: Intake) -> None:
    """Sort the lines into new, changed and unchanged, against what is stored."""
    stored = {row.number: row for row in _stored_by_number(register, [row.number for row in intake.rows])}
    intake.before = stored
    kept = _fields(cast("Hashable", register.row)).keys() - intake.fields - {NUMBER}
    merged = []
    for row in intake.rows:
        before = stored.get(row.number)
        if before is None:
            intake.created.append(row.number)
        else:
            merged.append(dataclasses.replace(row, **{name: getattr(before, name) for name in kept}))
            if differences(before, merged[-1]):
                intake.changed.append(row.number)
            else:
                intake.unchanged += 1
            continue
        merged.append(row)
    intake.rows = merged


def _stored_by_number(register: Register, numbers: Sequence[str], *, lock: bool = False) -> Iterator[Any]:
    known = stored_numbers(register.model, numbers)
    for start in range(0, len(known), CHUNK):
        yield from stored_rows(register, lock=lock, number__in=known[start : start + CHUNK])


def _lint(intakes: Sequence[Intake], today: Any) -> None:
    """Run the same rules on the lines that they will run on once stored."""
    rows = [row for intake in intakes for row in intake.rows]
    holders = {
        (intake.register.kind, row.number): (intake, line) for intake in intakes for line, row in enumerate(intake.rows)
    }
    first = {intake.register.kind: intake for intake in reversed(intakes)}
    for found in run(RULES, Material(rows, today=today, settings=parameters())).findings:
        # What is said of a whole list is said once, at its first table.
        intake, line = holders.get((found.kind, found.number), (first.get(found.kind), None))
        if intake:
            intake.findings.append(found if line is None else _placed(found, intake.place_of(line, found.field)))


def _placed(found: Finding, place: Place | None) -> Finding:
    """The finding with its line in the file; which characters of the cell are meant, stays."""
    if place and found.place:
        place = dataclasses.replace(place, start=found.place.start, end=found.place.end)
    return dataclasses.replace(found, place=place)


def _fault(code: str, message: str, name: str, place: Any) -> Finding:
    return Finding("", name, message, code=code, severity=Severity.ERROR, place=place)


def _named(row: Any) -> tuple[str, str, str]:
    return row.number, getattr(row, "unit", ""), str(getattr(row, "name", "") or getattr(row, "title", ""))
