"""The stages and deadlines of a programme on one line of time, as coordinates for a drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lianfang.programme.plans.owed_rows import DeliverableRow, ProgrammeStageRow
from lianfang.programme.plans.programme_rows import date_of

WIDTH = 1000
LEFT, RIGHT = 150, 70
TOP, ROW = 26, 30
LABEL_WIDTH = 74
_TICKS_AT_MOST = 13


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage: a bar and the words beside and inside it."""

    x: int
    y: int
    width: int
    name: str
    window: str


@dataclass(frozen=True, slots=True)
class Flag:
    """One deadline: where its sign stands, and the day beneath it."""

    x: int
    y: int
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month on the scale."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing of ``width`` by ``height``; ``today`` is the place of today, ``None`` where it lies outside."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]
    today: int | None
    bottom: int


def timeline_of(
    stages: Sequence[ProgrammeStageRow], deliverables: Iterable[DeliverableRow], today: dt.date
) -> Timeline | None:
    """The drawing of all dated stages and deadlines; ``None`` where no stage has a year."""
    windows = [(stage, window) for stage in stages if (window := _window(stage))]
    if not windows:
        return None
    due: dict[dt.date, list[str]] = {}
    for deliverable in deliverables:
        if day := deliverable.expires.day:
            due.setdefault(day, []).append(deliverable.name)
    days = [day for _, window in windows for day in window] + list(due)
    first, last = min(days).replace(day=1), _month_after(max(days))
    scale = _Scale(first, (last - first).days)
    bars = tuple(
        Bar(
            scale.x(start),
            TOP + place * ROW,
            max(6, scale.x(end + dt.timedelta(days=1)) - scale.x(start)),
            stage.name,
            stage.window,
        )
        for place, (stage, (start, end)) in enumerate(windows)
    )
    bottom = TOP + len(bars) * ROW
    flags = tuple(_flags(due, scale, bottom + 12))
    height = max((flag.y for flag in flags), default=bottom) + 22
    here = scale.x(today) if first <= today < last else None
    return Timeline(WIDTH, height, bars, flags, tuple(_ticks(first, last, scale)), here, bottom + 4)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    days: int

    def x(self, day: dt.date) -> int:
        """Where a day begins."""
        return LEFT + round((day - self.first).days * (WIDTH - LEFT - RIGHT) / self.days)


def _window(stage: ProgrammeStageRow) -> tuple[dt.date, dt.date] | None:
    start, end = date_of(stage.start), date_of(stage.end)
    first = start.first() if start else end.first() if end else None
    last = end.last() if end else start.last() if start else None
    return (first, last) if first and last and first <= last else None


def _month_after(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _flags(due: dict[dt.date, list[str]], scale: _Scale, top: int) -> Iterator[Flag]:
    """Signs from left to right; one whose words would run into its neighbour's moves a line down."""
    taken: list[int] = []
    for day, names in sorted(due.items()):
        x = scale.x(day)
        line = next((place for place, reach in enumerate(taken) if reach + LABEL_WIDTH <= x), len(taken))
        taken[line : line + 1] = [x]
        yield Flag(x, top + line * 20, f"{day.month}月{day.day}日", "、".join(names))


def _ticks(first: dt.date, last: dt.date, scale: _Scale) -> Iterator[Tick]:
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 12_000) if months <= step * _TICKS_AT_MOST)
    for count in range(0, months, step):
        year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
        label = f"{year}年{month + 1}月" if count == 0 or month < step else f"{month + 1}月"
        yield Tick(scale.x(dt.date(year, month + 1, 1)), label)
