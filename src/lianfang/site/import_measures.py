"""The measures of a list of risk points (S42): each under the number of its point, with whoever answers for it.

The items that a cell plainly counts are a measure each; a cell merged over several points gives each of them its
measures. Who cannot be told from the words of the list stays readable in 执行岗位 of the new measure.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lianfang.foundation.documents.cells import unquoted
from lianfang.foundation.documents.enumerations import plain_items
from lianfang.foundation.documents.limits import Limits
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.register_reading import Faults, Reading, is_declared
from lianfang.foundation.documents.tables import Span
from lianfang.foundation.journal.bounds import bounds_of
from lianfang.kernel.clipping import clipped
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import ControlRow, Frequency
from lianfang.registers.controls.sheets import CARRIED
from lianfang.registers.risks.rows import RiskRow
from lianfang.site.directory import Directory
from lianfang.site.import_apart import ACTION, Spoken
from lianfang.site.import_people import UNKNOWN, Answer, Asked, people_meant

SHARED, SPLIT, NOBODY, TOO_MANY, TWICE, HOW_OFTEN = "IMP037", "IMP038", "IMP039", "IMP040", "IMP041", "IMP054"
ACTOR, OWNER, SUPERVISOR = "actor", "owner", "supervisor"
EVIDENCE, FREQUENCY = "evidence", "frequency"
PEOPLE = (OWNER, SUPERVISOR)
OF_STORED = frozenset({ACTOR, EVIDENCE, FREQUENCY, *PEOPLE})
"""Fields in which a blank of such a list leaves a stored measure alone."""


@dataclass(frozen=True)
class MeasureReading(Reading):
    """The measures of a list; ``stands[entry]`` is the line and the column in which a measure was found."""

    stands: Sequence[tuple[int, int]] = field(default=())

    @property
    def given(self) -> frozenset[str]:
        """What the list says; words that only stand in for somebody unknown are no 执行岗位 of its own."""
        return frozenset({"risk", "unit", *filter(None, self.fields)})

    def place(self, entry: int, name: str) -> Place | None:
        """Where a field of a measure stands; the measure itself when the file has no such column."""
        if self.listing is None:
            return None
        line, column = self.stands[entry]
        elsewhere = name != ACTION and name in self.fields
        return self.listing.place(line, self.fields.index(name) if elsewhere else column)


class _Measure(NamedTuple):
    """A measure: the line and column in which it stands, its risk point, and its words."""

    line: int
    column: int
    risk: RiskRow
    action: str


def measures_of(
    spoken: Spoken, risks: Mapping[int, RiskRow], directory: Directory, today: datetime.date, limits: Limits
) -> MeasureReading:
    """The measures of the risk points ``risks`` (by the line on which each stands first), and what is to be said."""
    faults = Faults(ControlRow.kind, limits.findings)
    measures = _told_apart(spoken, risks, faults, limits.rows)
    for finding in (*_guessed(spoken), *_split(spoken, measures), *_shared(spoken, risks), *_odd(spoken)):
        faults.add(finding)
    asked = {
        (spoken.text(measure.line, name), measure.risk.unit)
        for measure in measures
        for name in PEOPLE
        if spoken.text(measure.line, name)
    }
    meant = people_meant(asked, directory, today)
    for finding in _nobody(spoken, measures, meant):
        faults.add(finding)
    columns: dict[str, list[object]] = {
        "risk": [measure.risk.number for measure in measures],
        "unit": [measure.risk.unit for measure in measures],
        ACTION: [measure.action for measure in measures],
        ACTOR: [_actor(spoken, measure, meant) for measure in measures],
        FREQUENCY: [_often(spoken.text(measure.line, FREQUENCY)) for measure in measures],
        EVIDENCE: [spoken.text(measure.line, EVIDENCE) for measure in measures],
    }
    for name in PEOPLE:
        columns[name] = [_answer(spoken, measure, name, meant).person for measure in measures]
    stands = [(measure.line, measure.column) for measure in measures]
    return MeasureReading(columns, faults.closed(), spoken.fields, spoken.listing, stands=stands)


def _told_apart(spoken: Spoken, risks: Mapping[int, RiskRow], faults: Faults, most: int) -> list[_Measure]:
    """Every measure once; the same words under the same risk point, with other people, are a question to the clerk."""
    found: dict[tuple[str, str], _Measure] = {}
    for measure in _every(spoken, risks):
        first = found.setdefault((measure.risk.number, measure.action), measure)
        if first is not measure:
            for finding in _twice(spoken, first.line, measure.line):
                faults.add(finding)
        elif len(found) > most:
            place = spoken.listing.place(measure.line, measure.column)
            message = f"防控措施超过 {most} 条，没有读完；请把清单拆成几个文件再导入。"
            faults.add(Finding("", ACTION, message, code=TOO_MANY, severity=Severity.ERROR, place=place))
            break
    return list(found.values())


def _every(spoken: Spoken, risks: Mapping[int, RiskRow]) -> Iterator[_Measure]:
    for line, point in enumerate(spoken.points):
        if point in risks:
            for column in spoken.actions:
                for action in plain_items(spoken.cells[line][column]):
                    yield _Measure(line, column, risks[point], action)


def _twice(spoken: Spoken, first: int, line: int) -> Iterator[Finding]:
    for name in PEOPLE:
        before, now = spoken.text(first, name), spoken.text(line, name)
        if now and now != before:
            row = spoken.listing.table.numbers[spoken.listing.positions[first]]
            there = clipped(before) or "（空）"
            message = f"这条措施第 {row} 行已经写过，那里是“{there}”；这里的“{clipped(now)}”没有登记，请核对。"
            yield Finding("", name, message, code=TWICE, severity=Severity.WARNING, place=_at(spoken, line, name))


def _guessed(spoken: Spoken) -> Iterator[Finding]:
    for position, name in enumerate(spoken.fields):
        heading = spoken.listing.headings[position]
        if name and not is_declared(CARRIED.column(name), heading):
            message = f"“{heading}”列按“{ControlRow.headings[name]}”读入，请核对。"
            yield Notice.GUESSED_COLUMN.at(spoken.listing.head_place(position), message, field=name)


def _split(spoken: Spoken, measures: Iterable[_Measure]) -> Iterator[Finding]:
    counts = dict.fromkeys(spoken.actions, 0)
    for measure in measures:
        counts[measure.column] += measure.action != spoken.cells[measure.line][measure.column]
    for column, count in counts.items():
        if count:
            place, heading = spoken.listing.head_place(column), spoken.listing.headings[column]
            message = f"“{heading}”列一格里分条写的，拆成一条一条的措施，共 {count} 条，原来的序号不留；请核对。"
            yield Finding("", ACTION, message, code=SPLIT, severity=Severity.HINT, place=place)


def _shared(spoken: Spoken, risks: Mapping[int, RiskRow]) -> Iterator[Finding]:
    """Measures in a cell that is merged over several risk points: each of these gets them."""
    line_at = {position: line for line, position in enumerate(spoken.listing.positions)}
    numbers = spoken.listing.table.numbers
    for column in spoken.actions:
        for top, bottom in _stretches(spoken.listing.table.merged, column):
            lines = [line_at[row] for row in range(top, bottom + 1) if row in line_at]
            points = {spoken.points[line] for line in lines} & risks.keys()
            if len(points) > 1 and spoken.cells[lines[0]][column]:
                message = (
                    f"这一格合并了第 {numbers[top]} 至 {numbers[bottom]} 行，里面的措施在这 {len(points)} 个风险点下"
                    "各记一份；请核对是不是每个风险点都用它。"
                )
                place = spoken.listing.place(lines[0], column)
                yield Finding("", ACTION, message, code=SHARED, severity=Severity.WARNING, place=place)


def _often(text: str) -> Frequency | None:
    """How often; None for a blank and for words that say it otherwise than the register can."""
    return Frequency.read(text) or Frequency.read(unquoted(text))


def _odd(spoken: Spoken) -> Iterator[Finding]:
    """Frequencies that are none of the words of the register, each once."""
    lines: dict[str, list[int]] = {}
    for line in range(len(spoken.cells)):
        text = spoken.text(line, FREQUENCY)
        if text and _often(text) is None:
            lines.setdefault(text, []).append(line)
    for text, where in lines.items():
        rest = f"（这样写的共 {len(where)} 行）" if len(where) > 1 else ""
        words = "、".join(word.label for word in Frequency)
        message = f"频次“{clipped(text)}”认不出，没有读入{rest}；请改写成{words}之一，或者写进措施里。"
        place = _at(spoken, where[0], FREQUENCY)
        yield Finding("", FREQUENCY, message, code=HOW_OFTEN, severity=Severity.WARNING, place=place)


def _stretches(merged: Iterable[Span], column: int) -> Iterator[tuple[int, int]]:
    """First and last row of each merged cell of a column; Word merges cell by cell, so a chain of them is one."""
    stretches: list[tuple[int, int]] = []
    spans = (span for span in merged if span.left <= column <= span.right and span.bottom > span.top)
    for span in sorted(spans, key=lambda span: span.top):
        if stretches and span.top <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(span.bottom, stretches[-1][1]))
        else:
            stretches.append((span.top, span.bottom))
    yield from stretches


def _answer(spoken: Spoken, measure: _Measure, name: str, meant: Mapping[Asked, Answer]) -> Answer:
    text = spoken.text(measure.line, name)
    return meant[text, measure.risk.unit] if text else Answer()


def _nobody(spoken: Spoken, measures: Iterable[_Measure], meant: Mapping[Asked, Answer]) -> Iterator[Finding]:
    """Texts that name nobody, each said once in a unit, at its first cell."""
    lines: dict[tuple[str, Asked], dict[int, _Measure]] = {}
    for measure in measures:
        for name in PEOPLE:
            if _answer(spoken, measure, name, meant).why:
                text = spoken.text(measure.line, name)
                lines.setdefault((name, (text, measure.risk.unit)), {}).setdefault(measure.line, measure)
    for (name, asked), where in lines.items():
        line, measure = next(iter(where.items()))
        kept = _actor(spoken, measure, meant)
        rest = f"（这样写的共 {len(where)} 行）" if len(where) > 1 else ""
        label = ControlRow.headings[name]
        todo = f"原文记在新措施的“执行岗位”里，请补上{label}" if kept else f"原文太长，没有记下，请照原表补上{label}"
        above = "纪委监委等上级单位的人，请写人员编号。" if name == SUPERVISOR and meant[asked].why == UNKNOWN else ""
        message = f"“{clipped(asked[0])}”{meant[asked].why}{rest}；{todo}。{above}"
        yield Finding("", name, message, code=NOBODY, severity=Severity.WARNING, place=_at(spoken, line, name))


def _actor(spoken: Spoken, measure: _Measure, meant: Mapping[Asked, Answer]) -> str:
    """执行岗位 of a new measure: what the list says, else the post that answers; behind it whoever is not known."""
    said, notes = spoken.text(measure.line, ACTOR), []
    for name in PEOPLE:
        text, answer = spoken.text(measure.line, name), _answer(spoken, measure, name, meant)
        if name == OWNER and not said and (answer.why or answer.by_post):
            said = text
        elif answer.why:
            notes.append(f"{spoken.heading(name)}：{text}")
    whole = said + (f"（{'；'.join(notes)}）" if notes else "")
    bound = bounds_of(Control).get(ACTOR)
    return "" if bound and bound.fault(whole) else whole


def _at(spoken: Spoken, line: int, name: str) -> Place:
    return spoken.listing.place(line, spoken.fields.index(name))
