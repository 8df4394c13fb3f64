"""Which characters of the source text an item was read from: kinds of mark, anchors, and segments to print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lianfang.kernel.findings import Finding
from lianfang.kernel.vocabulary import Word
from lianfang.programme.plans.programme_rows import DeadlineItem, DutyItem, ProgrammeRow, StageItem, TaskItem
from lianfang.programme.plans.rows import PlanRow, Span


class Mark(Word):
    """Kinds of highlight, in the order of the legend."""

    STAGE = "stage", "阶段"
    TASK = "task", "任务"
    DEADLINE = "deadline", "期限所在句"
    DATE = "date", "日期"
    DELIVERABLE = "deliverable", "报送材料"
    SUBMITTER = "submitter", "报送单位"
    RECEIVER = "receiver", "接收单位"
    DUTY = "duty", "定期工作"
    UPSTREAM = "upstream", "上级文件"
    FINDING = "finding", "有问题处"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place to jump to: its id, the word printed there, and the item that it leads back to."""

    id: str
    label: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """One marked stretch of the text; where it has an anchor, the anchor stands before its first character."""

    mark: Mark
    span: Span
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters under the same marks, and the anchors that stand before it."""

    text: str
    marks: tuple[Mark, ...] = ()
    anchors: tuple[Anchor, ...] = ()

    @property
    def css(self) -> str:
        """Class names, one for each mark."""
        return " ".join(f"mark-{mark.value}" for mark in self.marks)


def place_id(start: int) -> str:
    """Id of the anchor before character ``start`` to which a finding jumps."""
    return f"at-{start}"


def highlights_of(draft: ProgrammeRow, read: PlanRow, findings: Iterable[Finding] = ()) -> list[Highlight]:
    """All marks of a draft: its items with anchors, the words inside them, what was cited, what is wrong."""
    marks = [Highlight(Mark.UPSTREAM, cited.span) for cited in read.upstream]
    lists: tuple[tuple[Mark, str, str, tuple[StageItem | TaskItem | DeadlineItem | DutyItem, ...]], ...] = (
        (Mark.STAGE, "stage", "阶段", draft.stages),
        (Mark.TASK, "task", "任务", draft.tasks),
        (Mark.DEADLINE, "deadline", "期限", draft.deadlines),
        (Mark.DUTY, "duty", "定期", draft.duties),
    )
    for mark, name, label, items in lists:
        for place, item in enumerate(items):
            if item.span:
                anchor = Anchor(f"text-{name}-{place}", f"{label}{place + 1}", f"{name}-{place}")
                marks.append(Highlight(mark, item.span, anchor))
    dates = {row.span: row.date_span for row in read.deadlines}
    for deadline in draft.deadlines:
        marks += _inside(deadline, read.text)
        day = dates.get(deadline.span or Span(0, 0))
        marks += [Highlight(Mark.DATE, day)] if day else []
    for duty in draft.duties:
        marks += _inside(duty, read.text)
    for found in findings:
        if found.place and found.place.start is not None and found.place.end is not None:
            span = Span(found.place.start, found.place.end)
            marks.append(Highlight(Mark.FINDING, span, Anchor(place_id(span.start))))
    return marks


def _inside(item: DeadlineItem | DutyItem, text: str) -> Iterator[Highlight]:
    """The words of an item where its clause holds them as they are written."""
    words = [(Mark.SUBMITTER, item.submitter)] + [(Mark.RECEIVER, word) for word in item.receivers]
    if isinstance(item, DeadlineItem):
        words += [(Mark.DELIVERABLE, word) for word in item.deliverables]
    for mark, word in words:
        if item.span and word:
            start = text.find(word, item.span.start, item.span.end)
            if start >= 0:
                yield Highlight(mark, Span(start, start + len(word)))


def segments(text: str, highlights: Iterable[Highlight]) -> list[Segment]:
    """``text`` cut wherever a mark begins or ends; joined again, the segments are the text.

    Marks may overlap in any way; one that reaches beyond the text is cut, an empty one only sets its anchor.
    """
    opening: defaultdict[int, list[Mark]] = defaultdict(list)
    closing: defaultdict[int, list[Mark]] = defaultdict(list)
    anchors: defaultdict[int, dict[str, Anchor]] = defaultdict(dict)
    for one in highlights:
        start, end = max(0, min(one.span.start, len(text))), max(0, min(one.span.end, len(text)))
        if one.anchor:
            anchors[start].setdefault(one.anchor.id, one.anchor)
        if start < end:
            opening[start].append(one.mark)
            closing[end].append(one.mark)
    cuts = sorted({0, len(text), *opening, *closing, *anchors})
    active: dict[Mark, int] = dict.fromkeys(Mark, 0)
    found = []
    for place, start in enumerate(cuts):
        for mark in closing[start]:
            active[mark] -= 1
        for mark in opening[start]:
            active[mark] += 1
        end = cuts[place + 1] if place + 1 < len(cuts) else start
        here = tuple(mark for mark in Mark if active[mark])
        if end > start or anchors[start]:
            found.append(Segment(text[start:end], here, tuple(anchors[start].values())))
    return found
