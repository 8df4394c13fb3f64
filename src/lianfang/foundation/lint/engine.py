"""Runs pure rules over Rows: picks them, completes what they find, applies waivers, and keeps score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.report import Report, Skipped, Waived
from lianfang.foundation.lint.rows import WaiverRow
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.scores import scores
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Finding
from lianfang.kernel.rows import Row

_BATCH = 2_000
"""Entries held in memory at a time while a register streams past."""


class UnknownRule(Invalid):
    """A code or family that no rule has."""

    code = "unknown-rule"
    default_remedy = "请对照规则目录核对代码；可以写完整代码（PWR001），也可以写一族（PWR）。"


def select(rules: Iterable[Rule], *, only: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that ``only`` names (all for none) and ``ignore`` does not; a name is a code or a family.

    Raises:
        UnknownRule: for a name that no rule has.
    """
    table = tuple(rules)
    known = {rule.code for rule in table} | {rule.family for rule in table}
    for name in (*only, *ignore):
        if name not in known:
            raise UnknownRule(f"没有代码为“{name}”的检查规则。")
    return tuple(rule for rule in table if (not only or _named(rule, only)) and not _named(rule, ignore))


def _named(rule: Rule, names: Sequence[str]) -> bool:
    return rule.code in names or rule.family in names


def run(
    rules: Iterable[Rule],
    material: Material,
    *,
    only: Sequence[str] = (),
    ignore: Sequence[str] = (),
    waivers: Iterable[WaiverRow] = (),
) -> Report:
    """Run all selected rules whose registers are loaded; the others are named in ``skipped``.

    A check that raises stops the run: a rule that fails silently would look like a clean register.

    Raises:
        UnknownRule: for a name in ``only`` or ``ignore`` that no rule has.
    """
    runnable: list[Rule] = []
    skipped: list[Skipped] = []
    for rule in select(rules, only=only, ignore=ignore):
        missing = _missing(rule, material)
        if missing:
            skipped.append(Skipped(rule.code, missing))
        else:
            runnable.append(rule)
    everything = sorted((found for rule in runnable for found in _apply(rule, material)), key=_order)
    sorted_out = _sort_out(everything, tuple(waivers), material)
    return Report(
        day=material.today,
        ran=tuple(rule.code for rule in runnable),
        findings=sorted_out.open,
        waived=sorted_out.waived,
        expired=sorted_out.expired,
        outdated=sorted_out.outdated,
        incomplete=sorted_out.incomplete,
        unused=sorted_out.unused,
        skipped=tuple(skipped),
        scores=scores(runnable, material, sorted_out.open),
    )


def stream(
    rules: Iterable[Rule], rows: Iterable[Row], *, only: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Iterator[Finding]:
    """Findings of all row rules while ``rows`` (of one register or several) stream past in bounded memory.

    Rules that need whole registers do not run here. A unit is filled in where the entry itself names one.

    Raises:
        UnknownRule: for a name in ``only`` or ``ignore`` that no rule has.
    """
    chosen = [rule for rule in select(rules, only=only, ignore=ignore) if rule.is_row_rule]
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        by_register: dict[type, list[Row]] = {}
        for row in batch:
            by_register.setdefault(type(row), []).append(row)
        for register, entries in by_register.items():
            yield from _stream_batch([rule for rule in chosen if rule.subject in {None, register}], entries)


def _stream_batch(rules: list[Rule], entries: list[Row]) -> Iterator[Finding]:
    by_number: dict[str, Row] = {}
    for rule in rules:
        for finding in rule.check(entries):
            by_number = by_number or {row.number: row for row in entries}
            row = by_number[finding.number]
            yield _complete(finding, rule, row.kind, str(getattr(row, "unit", "")))


def _missing(rule: Rule, material: Material) -> tuple[str, ...]:
    needed = rule.reads or ((rule.subject,) if rule.subject else ())
    return tuple(register.label for register in needed if register not in material.registers)


def _apply(rule: Rule, material: Material) -> Iterator[Finding]:
    if not rule.is_row_rule:
        kind = rule.subject.kind if rule.subject else ""
        for finding in rule.check(material):
            named = material.entry(finding.kind or kind, finding.number)
            yield _complete(finding, rule, kind, finding.unit or material.unit_of(named))
        return
    for register in (rule.subject,) if rule.subject else material.inspected:
        entries: dict[str, Row] = material.by_number(register)
        for finding in rule.check(material.of(register)):
            unit = material.unit_of(entries[finding.number])
            yield _complete(finding, rule, register.kind, unit)


def _complete(finding: Finding, rule: Rule, kind: str, unit: str) -> Finding:
    """The finding with what the table knows; a severity, kind or unit that the check set itself stays."""
    return Finding(
        finding.number,
        finding.field,
        finding.message,
        rule.code,
        finding.severity or rule.severity,
        finding.dimension or rule.dimension,
        finding.suggestion,
        finding.place,
        finding.unit or unit,
        finding.kind or kind,
    )


def _order(finding: Finding) -> tuple[str, ...]:
    return finding.unit, finding.kind, finding.number, finding.code, finding.field, finding.message


@dataclass(frozen=True, slots=True)
class _SortedOut:
    open: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    expired: tuple[WaiverRow, ...]
    outdated: tuple[WaiverRow, ...]
    incomplete: tuple[WaiverRow, ...]
    unused: tuple[WaiverRow, ...]


def _sort_out(findings: list[Finding], waivers: tuple[WaiverRow, ...], material: Material) -> _SortedOut:
    """Which findings stay open, and what became of each waiver."""
    in_time = [waiver for waiver in waivers if waiver.holds_on(material.today)]
    outdated = [waiver for waiver in in_time if _speaks_of_another_text(waiver, material)]
    holding = {_target(waiver): waiver for waiver in in_time if waiver not in outdated}
    open_findings: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        waiver = holding.get((finding.code, finding.kind, finding.number))
        if waiver and waiver.covers(material.entry(finding.kind, finding.number)):
            waived.append(Waived(finding, waiver))
        else:
            open_findings.append(finding)
    used = {_target(item.waiver) for item in waived}
    complete = [waiver for waiver in waivers if waiver.is_complete]
    return _SortedOut(
        open=tuple(open_findings),
        waived=tuple(waived),
        expired=tuple(waiver for waiver in complete if not waiver.holds_on(material.today)),
        outdated=tuple(outdated),
        incomplete=tuple(waiver for waiver in waivers if not waiver.is_complete),
        unused=tuple(waiver for target, waiver in holding.items() if target not in used),
    )


def _speaks_of_another_text(waiver: WaiverRow, material: Material) -> bool:
    entry = material.entry(waiver.entry_kind, waiver.entry)
    return entry is not None and not waiver.covers(entry)


def _target(waiver: WaiverRow) -> tuple[str, str, str]:
    return waiver.rule, waiver.entry_kind, waiver.entry
