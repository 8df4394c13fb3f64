"""A plan beside the higher plan that it carries out: what is taken up, what is not, what comes later, what is added."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from rapidfuzz import fuzz

from lianfang.kernel.bigrams import plain
from lianfang.programme.plans.owing import Owed
from lianfang.programme.plans.programme_rows import ProgrammeRow, chinese_of, date_of

STAGE, TASK, DELIVERABLE, DUTY = "阶段", "任务", "报送材料", "定期工作"
ALIKE = 55
"""From this likeness of the words on (0 to 100) an item is offered as the one that may take up an obligation."""
_TITLE = re.compile(r"《([^》]*)》")
_NUMBER = re.compile(
    r"[^\s《》()（）,，、;；:：]{0,40}(?:[〔\[［【(（]\s{0,3}[\d０-９]{4}\s{0,3}[〕\]］】)）])?"
    r"\s{0,3}第?\s{0,3}[\d０-９]{1,9}\s{0,3}号"
)
"""The number of a document, the name of its issuer before it; bounded, for citations are typed by anybody."""
_BODIES = ("委", "局", "办", "府", "室", "厅", "部", "院", "会", "组")
"""How the name of an issuer ends that stands before a number without a space."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that the higher plan asks for: the number of the part, what it is, its words, its date code or ""."""

    number: str
    what: str
    text: str
    due: str = ""

    @property
    def day(self) -> str:
        """Its date as a document writes it."""
        return chinese_of(self.due)


def said(together: Sequence[Obligation]) -> str:
    """Obligations of one kind and one day, as a choice among others."""
    day, texts = together[0].day, "、".join(one.text for one in together)
    return f"{together[0].what}：{texts}{f'（{day}）' if day else ''}"


@dataclass(frozen=True, slots=True)
class LocalItem:
    """One item of the local plan, and the numbers of the obligations that it takes up.

    ``anchor`` is its place on the page of the reading.
    """

    what: str
    text: str
    due: str = ""
    cites: tuple[str, ...] = ()
    anchor: str = ""

    @property
    def day(self) -> str:
        """Its date as a document writes it."""
        return chinese_of(self.due)


@dataclass(frozen=True, slots=True)
class TakenUp:
    """One local item under the obligation that it cites; ``late``: its last day is after that of the obligation."""

    item: LocalItem
    late: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One obligation with the local items that cite it; none: it is not taken up.

    ``likely`` is the item that reads most like an obligation not taken up: a suggestion, which only a person takes.
    """

    obligation: Obligation
    taken_up: tuple[TakenUp, ...]
    likely: LocalItem | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every obligation of the higher plan, and what the local plan has beyond them."""

    lines: tuple[Compared, ...]
    added: tuple[LocalItem, ...]

    @property
    def is_begun(self) -> bool:
        """Whether any local item says what it takes up."""
        return any(line.taken_up for line in self.lines)

    @property
    def open(self) -> int:
        """How many obligations no local item takes up."""
        return sum(not line.taken_up for line in self.lines)

    @property
    def late(self) -> int:
        """How many local items come later than what they take up."""
        return sum(one.late for line in self.lines for one in line.taken_up)


def meant_by(cited: str, plans: Iterable[ProgrammeRow], bureau: str) -> tuple[ProgrammeRow, ...]:
    """Which of ``plans`` one citation (文号《名称》) of a plan of ``bureau`` means.

    A number decides, however its brackets are written and whoever is named before it. Only where none is given the
    title does, for a plan may bear none (S2): that of a unit above before that of the bureau itself, the latest year.
    """
    written = _TITLE.sub(" ", cited)
    if _NUMBER.search(written):
        return tuple(plan for plan in plans if _bears(written, plain(plan.document_number)))
    titles = {plain(title) for title in _TITLE.findall(cited)} - {""}
    titled = [plan for plan in plans if plain(plan.title) in titles]
    nearest = [plan for plan in titled if plan.unit != bureau] or titled
    latest = max(map(_year_of, nearest), default=0)
    return tuple(plan for plan in nearest if _year_of(plan) == latest)


def _bears(written: str, number: str) -> bool:
    """Whether a word of ``written`` is this number, the name of its issuer before it or not."""
    for found in _NUMBER.finditer(written):
        word = plain(found[0])
        if number and word.endswith(number) and (word == number or word[: -len(number)].endswith(_BODIES)):
            return True
    return False


def _year_of(plan: ProgrammeRow) -> int:
    return plan.cycle_year or (plan.issued_on.year if plan.issued_on else 0)


def obligations_of(owed: Owed) -> tuple[Obligation, ...]:
    """What a confirmed plan asks for; a stage asks for its end."""
    return (
        *(Obligation(one.number, STAGE, one.name, one.end) for one in owed.stages),
        *(Obligation(one.number, TASK, one.name) for one in owed.tasks),
        *(Obligation(one.number, DELIVERABLE, one.name, one.due) for one in owed.deliverables),
        *(Obligation(one.number, DUTY, one.title) for one in owed.duties),
    )


def items_of(row: ProgrammeRow) -> Iterator[LocalItem]:
    """Everything in the local plan that can take up an obligation."""
    for place, stage in enumerate(row.stages):
        yield LocalItem(STAGE, stage.name, stage.end, stage.cites, f"stage-{place}")
    for place, task in enumerate(row.tasks):
        yield LocalItem(TASK, task.name, "", task.cites, f"task-{place}")
    for place, item in enumerate(row.deadlines):
        yield LocalItem(DELIVERABLE, "、".join(item.deliverables), item.due, item.cites, f"deadline-{place}")
    for place, duty in enumerate(row.duties):
        yield LocalItem(DUTY, f"{duty.every or duty.cycle.label}：{duty.what}", "", duty.cites, f"duty-{place}")


def compare(obligations: Iterable[Obligation], row: ProgrammeRow) -> Comparison:
    """Hold the local plan against ``obligations`` (S3); an item that cites nothing among them is an addition."""
    wanted, items = tuple(obligations), tuple(items_of(row))
    known = {one.number for one in wanted}
    added = tuple(item for item in items if known.isdisjoint(item.cites))
    return Comparison(tuple(_compared(one, items, added) for one in wanted), added)


def _compared(wanted: Obligation, items: Sequence[LocalItem], free: Sequence[LocalItem]) -> Compared:
    taken_up = tuple(TakenUp(item, _is_later(item.due, wanted.due)) for item in items if wanted.number in item.cites)
    return Compared(wanted, taken_up, None if taken_up else likeliest(wanted, free))


def likeliest(wanted: Obligation, items: Iterable[LocalItem]) -> LocalItem | None:
    """Of ``items`` of the same kind the one that reads most like ``wanted``; ``None`` where none reads alike."""
    ratios = [(_likeness(wanted.text, item.text), item) for item in items if item.what == wanted.what]
    best, item = max(ratios, key=lambda pair: pair[0], default=(0.0, None))
    return item if best >= ALIKE else None


def _likeness(wanted: str, text: str) -> float:
    """From 0 to 100; of an item that holds several papers the likest counts."""
    return max(fuzz.ratio(plain(wanted), plain(part)) for part in (text, *text.split("、")))


def unknown_citations(row: ProgrammeRow, obligations: Iterable[Obligation]) -> tuple[str, ...]:
    """One line for each citation of what no higher plan in the system asks for."""
    known = {one.number for one in obligations}
    return tuple(
        f"{item.what}“{item.text}”落实的“{number}”不在上级方案里。"
        for item in items_of(row)
        for number in item.cites
        if number not in known
    )


def citable(obligations: Iterable[Obligation]) -> tuple[tuple[Obligation, ...], ...]:
    """What one item may take up: every obligation, and before those due together all of them at once."""
    return tuple(chain.from_iterable(_apart_and_together(tuple(due)) for _, due in groupby(obligations, _due_together)))


def _due_together(one: Obligation) -> tuple[str, str, str]:
    """Papers of one day of one plan are alike in this, and everything else differs."""
    return one.number.rpartition("-")[0], one.what, one.due if one.what == DELIVERABLE else one.number


def _apart_and_together(due: tuple[Obligation, ...]) -> Iterator[tuple[Obligation, ...]]:
    if len(due) > 1:
        yield due
    yield from ((one,) for one in due)


def _is_later(local: str, higher: str) -> bool:
    mine, theirs = _last(local), _last(higher)
    return mine is not None and theirs is not None and mine > theirs


def _last(code: str) -> dt.date | None:
    date = date_of(code)
    return date.last() if date else None
