"""What the rules say of lines on their way in: what they will say of them once stored; what must wait is named.

The lines are looked at among the stored entries that they speak of: the units, posts, people and laws of their bureau,
the powers, risk points and measures that they name, and the gradings, scores and tests that belong to these. A rule
that counts or compares a whole register (``Rule.whole``) runs only where the file holds all of it; else it is named
(入库后另查).
"""

from __future__ import annotations

import dataclasses
import datetime
import operator
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.storing import stored_numbers
from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.queries import waivers_under
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.queries import bureau_paths_of, unit_paths
from lianfang.foundation.parameters.queries.values import parameters_of
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.registers.controls.rows import ControlTestRow
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.risks.rows import GradingRow, ScoreRow
from lianfang.site.import_sight import SHARED, in_sight
from lianfang.site.intake import Intake, Taking
from lianfang.site.material import people_above
from lianfang.site.registers import BY_KIND, REGISTERS, Register, stored_rows
from lianfang.site.rules import RULES

LATER, NOTHING_TAKEN = "IMP036", "IMP045"
PARTS = {GradingRow: "risk", ScoreRow: "risk", ControlTestRow: "control"}
"""Entries that belong to one other, and the field that names it."""
ROWS = tuple(register.row for register in REGISTERS)
CHUNK = 400
Rows = dict[str, dict[str, Any]]
"""Register → number → entry."""


def check_lines(intakes: Sequence[Intake], today: datetime.date, terms: Taking) -> tuple[Rule, ...]:
    """Add to each intake what the rules say of its lines; the rules that wait for the stored register are returned."""
    lines = _by_kind(intakes)
    around = _around(lines, terms.actor)
    paths = _bureaus(lines, around, terms)
    for register in REGISTERS:
        if register.row in SHARED:
            around.setdefault(register.kind, {}).update({row.number: row for row in _shared(register, paths)})
    ready, later = _sorted_rules(lines, paths)
    place = terms.unit or next((row.unit for row in _rows(lines) if getattr(row, "unit", "")), "")
    parameters = parameters_of(place, today)
    own = Material(_rows(lines), today=today, registers=ROWS, parameters=parameters)
    whole = Material(_rows(_overlaid(around, lines)), today=today, registers=ROWS, parameters=parameters)
    waivers = [waiver for path in paths for waiver in waivers_under(path)]
    of_texts = [rule for rule in ready if rule.subject is None]
    found = [
        *run(of_texts, own, waivers=waivers).findings,
        *run([rule for rule in ready if rule.subject], whole, waivers=waivers).findings,
    ]
    unseen = _unseen(lines, around) if terms.actor else frozenset()
    _hand_out((one for one in found if (one.kind, one.number, one.field) not in unseen), intakes)
    return later


def left_for_later(rules: Iterable[Rule]) -> Finding:
    """The hint that names what the preview cannot say yet."""
    named = "、".join(f"{rule.code} {rule.title}" for rule in rules)
    return Finding("", "", f"入库后另查（要看整份清单）：{named}。", code=LATER, severity=Severity.HINT)


def too_many_lines(most: int) -> Finding:
    """The hint that no rule has looked at so large a file yet."""
    message = f"超过 {most} 行，质量规则都在入库后另查：运行 lianfang lint，或在“检查结果”里检查。"
    return Finding("", "", message, code=LATER, severity=Severity.HINT)


def nothing_taken() -> Finding:
    """The error of a file that holds no list which could be read: whoever counts errors must not count none."""
    message = "文件里没有一张清单能够读入，内容一个字也没有检查。请补上缺少的列；"
    message += "也可以使用空白表，把内容粘贴进去：“导入”页上可以下载。"
    return Finding("", "", message, code=NOTHING_TAKEN, severity=Severity.ERROR)


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then hints, each in the order in which they were found; what must wait comes last."""
    gravity = {severity: position for position, severity in enumerate(Severity)}
    return sorted(findings, key=lambda found: (found.code == LATER, gravity[found.severity or Severity.HINT]))


def _by_kind(intakes: Iterable[Intake]) -> Rows:
    found: Rows = {}
    for intake in intakes:
        found.setdefault(intake.register.kind, {}).update({row.number: row for row in intake.rows})
    return found


def _rows(rows: Rows) -> Iterator[Any]:
    for entries in rows.values():
        yield from entries.values()


def _overlaid(below: Rows, above: Rows) -> Rows:
    """What will be stored: ``above`` in the place of what it changes."""
    return {kind: {**below.get(kind, {}), **above.get(kind, {})} for kind in (*below, *(above.keys() - below.keys()))}


def _around(lines: Rows, actor: User | None) -> Rows:
    """Stored entries that the lines name, those that these name, and the parts of all of them; as far as in sight."""
    around: Rows = {}
    fresh: Rows = lines
    while fresh:
        wanted = _named(fresh)
        fresh = {
            kind: {row.number: row for row in _stored(kind, "number", numbers - _known(kind, lines, around), actor)}
            for kind, numbers in wanted.items()
            if BY_KIND[kind].row not in SHARED
        }
        fresh = {kind: found for kind, found in fresh.items() if found}
        around = _overlaid(around, fresh)
    for register in REGISTERS:
        if register.row in PARTS:
            field = PARTS[register.row]
            holders = {"risk": "risks", "control": "controls"}[field]
            holding = {*_known(holders, lines, around), *_mentioned(lines, field)}
            # Only what is stored already can have parts.
            stored = stored_numbers(BY_KIND[holders].model, list(holding))
            parts = _stored(register.kind, field, stored, actor)
            around.setdefault(register.kind, {}).update({row.number: row for row in parts})
    return around


def _unseen(lines: Rows, around: Rows) -> frozenset[tuple[str, str, str]]:
    """Register, number and field of lines that name what is not in sight: whether that is still there, nobody can say
    to whom it is not shown, neither that it is gone nor that there is a draft of it.
    """
    unseen: set[tuple[str, str, str]] = set()
    for kind, entries in lines.items():
        for field, target in BY_KIND[kind].references.items():
            if BY_KIND[target].row not in SHARED:
                known = _known(target, lines, around)
                named = ((number, getattr(row, field)) for number, row in entries.items())
                unseen |= {(kind, number, field) for number, value in named if _numbers(value) - known}
    return frozenset(unseen)


def _numbers(value: Any) -> set[str]:
    """The numbers in a field that refers to one entry or to several."""
    return set(filter(None, value if isinstance(value, tuple) else (value,)))


def _known(kind: str, lines: Rows, around: Rows) -> set[str]:
    return {*lines.get(kind, ()), *around.get(kind, ())}


def _mentioned(lines: Rows, field: str) -> set[str]:
    return {getattr(row, field) for row in _rows(lines) if hasattr(row, field) and getattr(row, field)}


def _named(rows: Rows) -> dict[str, set[str]]:
    """Register → numbers that the given entries name in their references."""
    found: dict[str, set[str]] = {}
    for kind, entries in rows.items():
        for field, target in BY_KIND[kind].references.items():
            values = set(map(operator.attrgetter(field), entries.values()))
            found.setdefault(target, set()).update(*map(_numbers, values))
    return found


def _stored(kind: str, field: str, numbers: Iterable[str], actor: User | None) -> Iterator[Any]:
    register = BY_KIND[kind]
    wanted = sorted(filter(None, numbers))
    column = "number__in" if field == "number" else f"{field}__number__in"
    for start in range(0, len(wanted), CHUNK):
        condition: dict[str, Any] = {column: wanted[start : start + CHUNK]}
        yield from stored_rows(register, among=in_sight(register, actor), **condition)


def _bureaus(lines: Rows, around: Rows, terms: Taking) -> tuple[str, ...]:
    """Where the lines lie, as far as they may be stored there; the bureaus of others lend nothing to a line."""
    units = {terms.unit, *lines.get("units", ())}
    units |= {row.unit for rows in (lines, around) for row in _rows(rows) if getattr(row, "unit", "")}
    paths = unit_paths(filter(None, units)).values()
    actor = terms.actor
    return bureau_paths_of(path for path in paths if actor is None or actor.may(Permission.REGISTERS_IMPORT, path))


def _shared(register: Register, paths: Sequence[str]) -> Iterator[Any]:
    if register.row is LawRow:
        yield from register.rows("")
        return
    for path in paths:
        yield from register.rows(path)
        yield from (row for row in people_above(path) if isinstance(row, register.row))


def _sorted_rules(lines: Rows, paths: Sequence[str]) -> tuple[list[Rule], tuple[Rule, ...]]:
    """Rules that can speak of these lines now, and those that must wait."""
    in_file = {BY_KIND[kind].row for kind in lines}
    partial = {
        row for row in in_file - SHARED if _is_of_one_section(row, lines, paths) or _is_partial(row, lines, paths)
    }
    ready: list[Rule] = []
    later: list[Rule] = []
    for rule in RULES:
        if not speaks_of(rule, in_file) or not set(rule.reads) <= set(ROWS):
            continue
        needed = set(rule.reads) - SHARED if rule.whole else set()
        (later if needed - in_file or needed & partial else ready).append(rule)
    return ready, tuple(later)


def speaks_of(rule: Rule, in_file: Iterable[type]) -> bool:
    """Whether a rule has something to say of a file with these registers: of its lines, or of their whole list."""
    registers = set(in_file)
    of_lines = rule.subject is None or rule.subject in registers
    return of_lines or (rule.whole and bool(registers & set(rule.reads) - SHARED))


def _is_partial(row: Any, lines: Rows, paths: Sequence[str]) -> bool:
    """Whether the bureau has entries of this register that the file does not hold."""
    register = BY_KIND[row.kind]
    stored: Any = register.model._default_manager
    held = stored.filter(within(tuple(paths))) if paths else stored.none()
    return bool(held.count() > len(stored_numbers(register.model, list(lines[row.kind]))))


def _is_of_one_section(row: Any, lines: Rows, paths: Sequence[str]) -> bool:
    """Whether all that a file holds of a register lies in one section of a bureau: nothing follows for the others."""
    units = {getattr(line, "unit", "") for line in lines[row.kind].values()}
    inside = unit_paths(units) if len(units) == 1 else {}
    return bool(inside) and not set(inside.values()) & set(paths)


def _hand_out(found: Iterable[Finding], intakes: Sequence[Intake]) -> None:
    """Each finding to the line that it speaks of; what is said of a whole list is said once, at its first table."""
    holders = {
        (intake.register.kind, row.number): (intake, line) for intake in intakes for line, row in enumerate(intake.rows)
    }
    first = {intake.register.row: intake for intake in reversed(intakes)}
    by_code = {rule.code: rule for rule in RULES}
    for finding in found:
        intake, line = holders.get((finding.kind, finding.number), (None, 0))
        rule = by_code[finding.code]
        if intake:
            intake.findings.append(placed(finding, intake.place_of(line, finding.field)))
        elif rule.whole and rule.subject in first:
            first[rule.subject].findings.append(finding)


def placed(found: Finding, place: Place | None) -> Finding:
    """The finding with its line in the file; which characters of the cell are meant, stays."""
    if place and found.place:
        place = dataclasses.replace(place, start=found.place.start, end=found.place.end)
    return dataclasses.replace(found, place=place)
