"""From the cells of a table to Rows: names become numbers, blanks take defaults, and what would not fit is reported."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast, get_type_hints

from lianfang.foundation.documents.cells import BLANKS, cell_text, narrow
from lianfang.foundation.documents.register_reading import Reading
from lianfang.foundation.documents.unread import UnreadColumn, column_left
from lianfang.foundation.journal.bounds import bounds_of, disorder
from lianfang.foundation.journal.constraints import orders_of
from lianfang.kernel.clipping import clipped
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.site.directory import Directory
from lianfang.site.import_numbers import NUMBER
from lianfang.site.import_places import units_by_post, units_of_risks
from lianfang.site.import_sections import units_by_title
from lianfang.site.intake import Intake, Taking
from lianfang.site.registers import Register

Columns = dict[str, list[Any]]
"""Field → its values, one an entry."""
_NONE = type(None)
_MISFIT = "IMP034"
_NAMESAKES_SHOWN = 5
_ONE_UNIT = "整份清单属于一个单位的，请指定默认单位；分属几个单位的，请加上“单位”列。"


def rows_of(reading: Reading, directory: Directory, intake: Intake, terms: Taking) -> tuple[list[int], list[Any]]:
    """Entries of the reading and the Row of each; one whose reference is not found is reported and left out."""
    if not reading.count:
        return [], []
    register = intake.register
    columns = _columns_of(register, reading, terms)
    if "unit" in register.references and "risk" not in register.references and "unit" not in reading.given:
        titled, told = units_by_title(reading, directory)
        columns["unit"] = [unit or given for unit, given in zip(titled, columns["unit"], strict=True)]
        intake.findings += told
    faulty = _resolve(register, columns, directory, reading, intake)
    intake.findings += units_by_post(columns, directory, reading, faulty)
    _report_misfits(register, columns, reading, intake)
    _report_disorder(register, columns, reading, intake)
    make, lacking = _maker(register, columns), _lacking(register, columns)
    entries, rows = [], []
    without: dict[str, list[int]] = {}
    for entry, values in enumerate(zip(*columns.values(), strict=True)):
        if entry in faulty:
            continue
        line = make(values)
        missing = [name for name in lacking if line.get(name) in (None, "")]
        if missing:
            for name in missing:
                without.setdefault(name, []).append(entry)
        else:
            entries.append(entry)
            rows.append(register.row(**line))
    intake.findings += _missing(register, without, reading)
    return entries, rows


def specs_of(register: Register) -> dict[str, dataclasses.Field[Any]]:
    """The fields of a register's Row by name."""
    return _specs(cast("Hashable", register.row))


@functools.cache
def _specs(row: Any) -> dict[str, dataclasses.Field[Any]]:
    return {spec.name: spec for spec in dataclasses.fields(row)}


def untaken(register: Register, *, adopting: bool) -> frozenset[str]:
    """Columns that are not taken from a file; an adopted list brings its states with it."""
    return register.output_only - {"state"} if adopting and register.adopt else register.output_only


def fault(code: str, message: str, name: str, place: Place | None) -> Finding:
    """An error of the import at a field."""
    return Finding("", name, message, code=code, severity=Severity.ERROR, place=place)


def _columns_of(register: Register, reading: Reading, terms: Taking) -> Columns:
    """The values that are taken from a reading, field by field."""
    taken = specs_of(register).keys() - untaken(register, adopting=terms.adopting)
    columns: Columns = {name: values for name, values in reading.columns.items() if name in taken}
    if terms.adopting and "state" in columns:
        columns["state"] = [_state(register, str(text)) for text in columns["state"]]
    columns.setdefault(NUMBER, [""] * reading.count)
    if "unit" in register.references:
        given = columns.get("unit") or [""] * reading.count
        columns["unit"] = [unit or terms.unit for unit in given]
    return columns


def foreign_states(register: Register, reading: Reading, terms: Taking) -> Iterator[UnreadColumn]:
    """A column 状态 of somebody else's list: its words are not those of ours, which a file does not set anyway."""
    if (
        "state" not in untaken(register, adopting=terms.adopting)
        or "state" not in reading.columns
        or not reading.listing
    ):
        return
    foreign = [text for text in map(str, reading.columns["state"]) if not _state(register, text)]
    yield from column_left(reading.listing, reading.fields.index("state"), foreign)


def _state(register: Register, text: str) -> Any:
    """The state that a cell names; an unknown word takes the Row's default."""
    states: Any = get_type_hints(register.row)["state"]
    return states.read(text)


def _maker(register: Register, columns: Columns) -> Callable[[Sequence[Any]], dict[str, Any]]:
    """A function from the values of one line to what its Row is made of."""
    specs, names = specs_of(register), list(columns)
    # A blank of a field that is never None takes the Row's own default.
    blank = [name for name in names if specs[name].default is not None and _NONE in set(map(type, columns[name]))]
    supply = register.supply

    def make(values: Sequence[Any]) -> dict[str, Any]:
        line = dict(zip(names, values, strict=True))
        for name in blank:
            if line[name] is None:
                del line[name]
        if supply:
            supply(line)
        return line

    return make


def _lacking(register: Register, columns: Columns) -> list[str]:
    """Fields without a default that some line leaves blank."""
    required = [
        name for name, spec in specs_of(register).items() if spec.default is dataclasses.MISSING and name != NUMBER
    ]
    return [name for name in required if name not in columns or None in columns[name] or "" in columns[name]]


def _missing(register: Register, without: Mapping[str, list[int]], reading: Reading) -> Iterator[Finding]:
    """What lines lack, each at its place; where the file has no such column at all, once for all of them."""
    for name, entries in without.items():
        lack = f"缺少“{_label(register, name)}”，系统也推断不出来。"
        if name not in reading.given:
            remedy = _ONE_UNIT if name == "unit" else "请加上这一列。"
            yield fault("IMP031", f"{len(entries)} 行都{lack}{remedy}", name, reading.place(entries[0], name))
            continue
        untold = (entry for entry in entries if not _is_told(register, reading, entry, name))
        yield from (fault("IMP031", lack, name, reading.place(entry, name)) for entry in untold)


def _is_told(register: Register, reading: Reading, entry: int, name: str) -> bool:
    """Whether the reading found fault with a cell already: blank where it must not be, or no word for the choice."""
    if reading.listing is None or name not in reading.fields:
        return False
    text = cell_text(reading.listing.rows[entry][reading.fields.index(name)])
    return narrow(text) not in BLANKS if text else register.sheet.column(name).required


def _label(register: Register, name: str) -> str:
    return cast("str", register.row.headings.get(name, name))


def _report_misfits(register: Register, columns: Mapping[str, list[Any]], reading: Reading, intake: Intake) -> None:
    """Texts longer and numbers larger than their column; what stands in the whole column is looked at once."""
    bounds = bounds_of(register.model)
    for name, values in columns.items():
        bound = bounds.get(name)
        if bound is None or name == NUMBER or bound.fits_all(values):
            continue
        for entry, value in enumerate(values):
            if wrong := bound.fault(value):
                message = f"“{_label(register, name)}”{wrong}。"
                intake.findings.append(fault(_MISFIT, message, name, reading.place(entry, name)))


def _report_disorder(register: Register, columns: Mapping[str, list[Any]], reading: Reading, intake: Intake) -> None:
    """Dates that the table keeps in order and the file does not, such as an end before the beginning."""
    pairs = [pair for pair in orders_of(register.model) if set(pair) <= columns.keys()]
    for pair in pairs:
        for entry, values in enumerate(zip(*(columns[name] for name in pair), strict=True)):
            found = dict(zip(pair, values, strict=True))
            for name, message in disorder(register.model, found, register.row.headings):
                intake.findings.append(fault(_MISFIT, message, name, reading.place(entry, name)))


def report_long_numbers(intake: Intake, own: Sequence[bool], place_of: Callable[[int], Place | None]) -> None:
    """Numbers longer than their column: ``own`` says of each line whether the file itself gives the number."""
    bound = bounds_of(intake.register.model)[NUMBER]
    if bound.fits_all([row.number for row in intake.rows]):
        return
    for line, row in enumerate(intake.rows):
        if wrong := bound.fault(row.number):
            message = f"“编号”{wrong}。" if own[line] else f"这一行没有写编号，由内容得出的编号{wrong}，或写明编号。"
            intake.findings.append(fault(_MISFIT, message, NUMBER, place_of(line)))


def _resolve(register: Register, columns: Columns, directory: Directory, reading: Reading, intake: Intake) -> set[int]:
    """Replace names by numbers, column by column; lines that name something unknown are reported and returned."""
    faulty: set[int] = set()
    units = [""] * reading.count
    for name, kind in register.references.items():
        if name not in columns:
            continue
        if kind == register.kind:
            directory.offer(kind, _own_names(columns))
        directory.expect(kind, _texts(columns[name]))
        pairs = list(zip(columns[name], units, strict=True))
        known = {pair: _resolved(directory, kind, *pair) for pair in dict.fromkeys(pairs)}
        for pair, entries in _entries_of(pairs, {pair for pair, number in known.items() if number is None}).items():
            faulty.update(entries)
            message = _unsettled(directory, kind, _said_of(register, name), *pair) + _again(entries)
            intake.findings.append(fault("IMP030", message, name, reading.place(entries[0], name)))
        columns[name] = [known[pair] for pair in pairs]
        if name == "unit":
            if "risk" in columns:
                columns[name] = units_of_risks(columns, directory, reading)
            units = columns[name]
        elif "unit" not in register.references:
            given = zip(units, columns[name], strict=True)
            units = [unit or _home_of(directory, kind, number) for unit, number in given]
    return faulty


def _home_of(directory: Directory, kind: str, number: Any) -> str:
    """The unit of what a line refers to, which is that of the line where it names none: who graded a risk point."""
    return directory.unit_of(kind, number) if isinstance(number, str) else ""


def _entries_of(pairs: Sequence[Hashable], wanted: Collection[Hashable]) -> dict[Any, list[int]]:
    """On which entries each of the wanted ones stands."""
    found: dict[Any, list[int]] = {}
    for entry, pair in enumerate(pairs):
        if pair in wanted:
            found.setdefault(pair, []).append(entry)
    return found


def _own_names(columns: Columns) -> Iterator[tuple[str, str, str]]:
    """Number, unit and name of the lines of a list whose lines refer to each other: 上级单位 by its name."""
    count = len(columns[NUMBER])
    names = columns.get("name") or columns.get("title") or [""] * count
    placed = columns.get("unit") or [""] * count
    aliases = columns.get("aliases") or [()] * count
    for number, unit, name, others in zip(columns[NUMBER], placed, names, aliases, strict=True):
        yield from ((number, unit or "", text) for text in (name, *others) if number and text)


def _said_of(register: Register, name: str) -> tuple[str, str]:
    """What a cell of a field names, and what may be done where it names nothing registered."""
    optional = specs_of(register)[name].default is not dataclasses.MISSING
    label = _label(register, name).removesuffix("编号")
    above = "纪委监委等上级单位的人，请写人员编号。" if register.references[name] == "people" else ""
    return label, f"没有登记；请核对，或先登记。{above}{'一时对不上的，这一格可以先空着。' if optional else ''}"


def _again(entries: Sequence[int]) -> str:
    return f"同样的还有 {len(entries) - 1} 行。" if len(entries) > 1 else ""


def _unsettled(directory: Directory, kind: str, said_of: tuple[str, str], given: Any, unit: str) -> str:
    """Which name of a cell is nobody's, or that of several things."""
    label, unknown = said_of
    said = []
    for text in given if isinstance(given, tuple) else (given,):
        if directory.resolve(kind, text, unit or "") is not None:
            continue
        alike = directory.namesakes(kind, text, unit or "")
        shown = "、".join(alike[:_NAMESAKES_SHOWN]) + ("等" if len(alike) > _NAMESAKES_SHOWN else "")
        reason = f"有 {len(alike)} 个同名的（{shown}），请改写编号。" if alike else unknown
        said.append(f"{label}“{clipped(text)}”{reason}")
    return "".join(said)


def _texts(values: Iterable[Any]) -> set[str]:
    """Every text that a column of references holds; a cell may hold several."""
    return {text for value in set(values) for text in (value if isinstance(value, tuple) else (value,)) if text}


def _resolved(directory: Directory, kind: str, given: Any, unit: str) -> Any:
    """The number, or tuple of numbers, that a cell refers to; ``None`` where any part of it is unknown."""
    if not isinstance(given, tuple):
        return directory.resolve(kind, given or "", unit or "")
    found = tuple(directory.resolve(kind, text, unit or "") for text in given)
    return None if None in found else found
