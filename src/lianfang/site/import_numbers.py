"""Numbers of imported lines: their own, that of the entry they repeat, or the next one; none is given twice."""

from __future__ import annotations

import dataclasses
import functools
import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.numbers import LARGEST_SERIAL, claim, last_given, note_used
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.journal.storing import stored_numbers
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.kernel.clipping import clipped
from lianfang.kernel.errors import Conflict
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.kernel.numbering import number as number_of
from lianfang.kernel.numbering import prefix_of, split_number
from lianfang.site.import_sight import in_sight
from lianfang.site.intake import Intake
from lianfang.site.registers import Register, stored_rows

NUMBER = "number"
NEW_NUMBER = "IMP044"
_NEW_NAMED = 50
"""New numbers that are said one by one, each at its cell."""
Serials = dict[str, int]
"""Prefix → the last serial that a preview gave under it; shared by files that are looked at together."""


def number_lines(
    intake: Intake, rows: list[Any], serials: Serials, place_of: Callable[[int], Place | None], actor: User | None
) -> None:
    """Give every line a number: its own, that of the entry it repeats (if ``actor`` may see it), or a provisional one.

    A line without a number that repeats another line of the table is an error at its place.
    """
    register = intake.register
    rows = _own_numbers_only(register, rows, intake)
    if register.numbered_by:
        _skip_own(serials, rows)
    nameless = [row for row in rows if not row.number]
    if not nameless:
        intake.rows = rows
        return
    keyed = keyed_numbers(register, nameless, actor) if register.key else {}
    for row in rows:
        numbered = row
        if not row.number:
            key = tuple(getattr(row, name) for name in register.key)
            if key not in keyed:
                intake.unnumbered.append(len(intake.rows))
                keyed[key] = _provisional(register, row, serials)
            numbered = dataclasses.replace(row, number=keyed[key])
        intake.rows.append(numbered)
    _report_repeats(intake, rows, place_of)


def report_new_numbers(
    intake: Intake, read: Sequence[Any], place_of: Callable[[int], Place | None], actor: User | None
) -> None:
    """Lines that bring a number which no entry has, in a series that is in use: a slip of the pen, or a new entry.

    ``read`` are the lines as they stand in the file. Where a series begins with this file there is nothing to mistake.
    """
    register, fresh = intake.register, set(intake.created)
    if not register.numbered_by:
        return
    last = functools.cache(last_given)

    @functools.cache
    def in_use(prefix: str, owner: str) -> bool:
        return any(last(series) for series in _series_meant(register, prefix, owner))

    doubtful = [
        line
        for line, (given, row) in enumerate(zip(read, intake.rows, strict=True))
        if given.number and row.number in fresh and (parts := split_number(given.number))
        if in_use(parts[0], getattr(given, register.numbered_by))
    ]
    named = doubtful[:_NEW_NAMED]
    alike = keyed_numbers(register, [intake.rows[line] for line in named], actor) if named and register.key else {}
    for line in named:
        same = alike.get(tuple(getattr(intake.rows[line], name) for name in register.key), "")
        message = (
            f"没有编号“{clipped(read[line].number)}”，将新建一条{f'（内容相同的已有 {same}）' if same else ''}。"
            "要修改已有的，请核对编号；要新建，请把编号留空，由系统编号。"
        )
        intake.findings.append(_doubt(message, place_of(line)))
    if len(doubtful) > len(named):
        message = f"另有 {len(doubtful) - len(named)} 行写了没有登记过的编号，都将新建；请核对。"
        intake.findings.append(_doubt(message, place_of(doubtful[len(named)])))


def _series_meant(register: Register, prefix: str, owner: str) -> tuple[str, ...]:
    """The series of a written number that begins so, and that of its unit; none for running numbers of a list."""
    if not owner or not prefix.endswith(prefix_of("", register.kind)):
        return ()
    return prefix, prefix_of(owner, register.kind)


def _doubt(message: str, place: Place | None) -> Finding:
    return Finding("", NUMBER, message, code=NEW_NUMBER, severity=Severity.WARNING, place=place)


def reserve(intakes: Iterable[Intake]) -> None:
    """New numbers that a file brings itself are never given out, not even to its own lines without a number."""
    for intake in intakes:
        if intake.register.numbered_by:
            note_used(number for number in intake.own_numbers if number not in intake.before)


def settle(intake: Intake, later: Sequence[Intake]) -> None:
    """Replace provisional numbers by claimed ones, in the storing transaction; ``later`` tables refer to these too.

    Raises:
        Conflict: a number that changes is at the same time one that a later table brings itself.
    """
    register = intake.register
    if not register.numbered_by:
        return
    waiting: dict[str, list[int]] = {}
    for position in intake.unnumbered:
        prefix = prefix_of(getattr(intake.rows[position], register.numbered_by), register.kind)
        waiting.setdefault(prefix, []).append(position)
    renamed: dict[str, str] = {}
    for prefix, positions in waiting.items():
        for position, number in zip(positions, claim(prefix, len(positions)), strict=True):
            row = intake.rows[position]
            if row.number != number:
                renamed[row.number] = number
                intake.rows[position] = dataclasses.replace(row, number=number)
    if renamed:
        _follow(register.kind, renamed, later)


def _follow(kind: str, renamed: dict[str, str], later: Sequence[Intake]) -> None:
    """Let the tables still to be stored refer to the numbers that were really given."""
    own = {number for intake in later if intake.register.kind == kind for number in intake.own_numbers}
    if ambiguous := sorted(own & renamed.keys()):
        raise Conflict(
            "文件里几张表的编号互相冲突，没有导入任何内容。",
            "请把同一种清单合为一张表，再次导入。",
            details=ambiguous[:50],
        )
    for intake in later:
        names = [name for name, referred in intake.register.references.items() if referred == kind]
        if names:
            intake.rows = [_referring(row, names, renamed) for row in intake.rows]


def _referring(row: Any, names: Sequence[str], renamed: dict[str, str]) -> Any:
    changed: dict[str, Any] = {}
    for name in names:
        value = getattr(row, name)
        if isinstance(value, tuple):
            followed: Any = tuple(renamed.get(text, text) for text in value)
        else:
            followed = renamed.get(value, value)
        if followed != value:
            changed[name] = followed
    return dataclasses.replace(row, **changed) if changed else row


def _own_numbers_only(register: Register, rows: list[Any], intake: Intake) -> list[Any]:
    """Running numbers of a list (1, 2, 3) are not public numbers: drop what this system could not have given there.

    A number that is stored stays, wherever it is: whether the line may change that entry is for the store to say.
    """
    if not register.numbered_by:
        return rows
    could_be_ours = _ours(register)
    doubtful = [row for row in rows if row.number and not could_be_ours(row)]
    if not doubtful:
        return rows
    known = set(stored_numbers(register.model, list({row.number for row in doubtful})))
    foreign = [row for row in doubtful if row.number not in known]
    if foreign:
        first = clipped(foreign[0].number)
        message = f"“{first}”等 {len(foreign)} 个号码是文件里的序号，不作编号；系统按名称对应或另行编号。"
        if len(foreign) == sum(bool(row.number) for row in rows):
            # Then no number of the column was taken, and saying that it is read as 编号 would deny the next line.
            guessed = Notice.GUESSED_COLUMN.code
            intake.findings = [one for one in intake.findings if (one.code, one.field) != (guessed, NUMBER)]
        intake.findings.append(Finding("", NUMBER, message, code="IMP032", severity=Severity.HINT))
    strangers = {id(row) for row in foreign}
    return [dataclasses.replace(row, number="") if id(row) in strangers else row for row in rows]


def _ours(register: Register) -> Callable[[Any], bool]:
    """Whether a row's number is one of its unit, of the bureau that this is a part of, or of its post or risk."""
    fields = {spec.name for spec in dataclasses.fields(register.row)}
    owners = [name for name in (register.numbered_by, "post", "risk") if name in fields]

    @functools.cache
    def prefixes(*named: str) -> frozenset[str]:
        unit = named[0]
        above = [unit[:place] for place, character in enumerate(unit) if character == "-"]
        return frozenset(prefix_of(owner, register.kind) for owner in (*named, *above) if owner)

    # Its unit once more makes ``owners_of`` give a tuple, however few they are.
    owners_of = operator.attrgetter(*owners, register.numbered_by)

    def could_be_ours(row: Any) -> bool:
        parts = split_number(row.number)
        if parts is None or parts[1] > LARGEST_SERIAL or not row.number.isascii():
            return False
        return parts[0] in prefixes(*owners_of(row))

    return could_be_ours


def keyed_numbers(register: Register, rows: Sequence[Any], actor: User | None) -> dict[tuple[Any, ...], str]:
    """Natural key → number, for the stored entries in the actor's sight that the lines might mean."""
    nearby = stored_rows(register, among=in_sight(register, actor), **nearby_condition(register, rows))
    return {tuple(getattr(row, name) for name in register.key): row.number for row in nearby}


def nearby_condition(register: Register, rows: Sequence[Any]) -> dict[str, Any]:
    """Where entries lie that the lines might mean: in their units, or under what the key begins with."""
    first = register.key[0]
    named = {getattr(row, first) for row in rows}
    placed = first == "unit" and register.numbered_by
    # The list order begins with the path, so neighbours in a unit are found by its index.
    return {"unit_path__in": set(unit_paths(named).values())} if placed else {f"{first}__in": named}


def _skip_own(serials: Serials, rows: Iterable[Any]) -> None:
    """Provisional numbers begin after those that the table brings itself, as the claimed ones will."""
    for row in rows:
        parts = split_number(row.number) if row.number else None
        if parts and parts[1] <= LARGEST_SERIAL:
            prefix, serial = parts
            if prefix not in serials:
                serials[prefix] = last_given(prefix)
            serials[prefix] = max(serials[prefix], serial)


def _provisional(register: Register, row: Any, serials: Serials) -> str:
    if not register.numbered_by:
        return "/".join(str(getattr(row, name)) for name in register.key)
    prefix = prefix_of(getattr(row, register.numbered_by), register.kind)
    if prefix not in serials:
        serials[prefix] = last_given(prefix)
    serials[prefix] += 1
    return number_of(prefix, serials[prefix])


def _report_repeats(intake: Intake, read: Sequence[Any], place_of: Callable[[int], Place | None]) -> None:
    """Lines that mean the same entry; the reader has reported those that repeat a written number already."""
    first: dict[str, int] = {}
    for line, row in enumerate(intake.rows):
        earlier = first.setdefault(row.number, line)
        if earlier == line or (read[line].number and read[earlier].number):
            continue
        place = place_of(earlier)
        where = f"第 {place.row} 行" if place else "前面的一行"
        message = f"与{where}重复，是同一条内容；请只保留一行。"
        intake.findings.append(
            Finding("", NUMBER, message, code="IMP033", severity=Severity.ERROR, place=place_of(line))
        )
