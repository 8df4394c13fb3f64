"""权力运行流程图: the steps of a power from top to bottom, its risk points with their grades beside them (S21, N2).

A pure layout: it turns names into boxes, lines and wrapped text with coordinates; the template only writes them down.
Units are those of the drawing; a character of Chinese is as wide as its font size, a Latin one about half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lianfang.kernel.bigrams import folded
from lianfang.kernel.levels import Grade
from lianfang.registers.powers.rows import PowerStep
from lianfang.registers.risks.rows import RiskRow

WIDTH = 760.0
PAGE_HEIGHT = 980.0
"""What fits on one sheet of A4 below its heading."""

_STEP_X, _STEP_WIDTH = 20.0, 320.0
_RISK_X, _RISK_WIDTH = 396.0, 344.0
_PADDING, _LINE, _GAP, _BETWEEN = 12.0, 20.0, 10.0, 34.0
_FOOT, _MARGIN = 19.0, 28.0
"""From a step to the line under it, and from the last step to the edge of its sheet."""
_NAME_SIZE, _TEXT_SIZE = 15.0, 13.0
_MOST_LINES = 5

INK, SOFT, FRAME, PAPER, WARN = "#1f2a30", "#52616a", "#14505c", "#ffffff", "#8f4d00"
GRADE_SIGNS: dict[Grade | None, tuple[str, str]] = {
    Grade.HIGH: ("▲高", "#b42318"),
    Grade.MEDIUM: ("◆中", "#8f4d00"),
    Grade.LOW: ("●低", "#1d6b3c"),
    None: ("○未定级", "#52616a"),
}
"""Shape and word carry the grade; colour only adds to them (WCAG 1.4.1)."""

_NO_LINE_START = frozenset("，。；：、！？）》】”’…％")


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is its base line."""

    x: float
    y: float
    text: str
    size: float = _TEXT_SIZE
    fill: str = INK
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A frame with its lines; it stands for the risk point numbered ``risk`` or for the step named ``step``."""

    x: float
    y: float
    width: float
    height: float
    stroke: str
    texts: tuple[Text, ...]
    risk: str = ""
    step: str = ""
    dashed: bool = False
    round: float = 4.0

    @property
    def foot(self) -> float:
        """Base line of what the page writes under a step: the way to a new risk point there."""
        return self.y + self.height + _FOOT

    def moved(self, down: float) -> Box:
        """The same box further down."""
        return replace(self, y=self.y + down, texts=tuple(replace(text, y=text.y + down) for text in self.texts))


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; with an arrow head between steps, dashed towards a risk point."""

    x1: float
    y1: float
    x2: float
    y2: float
    arrow: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet of paper."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    height: float = 0.0

    @property
    def width(self) -> float:
        """All sheets are equally wide."""
        return WIDTH


@dataclass(frozen=True, slots=True)
class Band:
    """A step with its risk points, laid out from its own top."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    height: float
    is_step: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing: sheets for paper, and risk points of the power that name no step of it."""

    sheets: tuple[Sheet, ...]
    loose: tuple[RiskRow, ...]

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """Signs of the grades with their colours."""
        return tuple(GRADE_SIGNS.values())


def flow_chart(steps: Sequence[PowerStep], risks: Sequence[RiskRow], *, page_height: float = PAGE_HEIGHT) -> Chart:
    """Lay out a power's procedure; risk points hang on the step they name, the others stand at the end."""
    at_step = [[risk for risk in risks if names_step(risk.step, step.name)] for step in steps]
    placed = {risk.number for found in at_step for risk in found}
    loose = tuple(risk for risk in risks if risk.number not in placed)
    bands = [_band(number, step, found) for number, (step, found) in enumerate(zip(steps, at_step, strict=True), 1)]
    if loose:
        bands.append(_loose_band(loose))
    return Chart(tuple(_sheets(bands, page_height)), loose)


def names_step(written: str, name: str) -> bool:
    """Whether the step that a risk point names is this one: equal but for spaces, width, and a longer wording."""
    left, right = ("".join(folded(text).split()) for text in (written, name))
    return bool(left) and bool(right) and (left == right or (min(len(left), len(right)) >= 3 and _holds(left, right)))


def _holds(left: str, right: str) -> bool:
    return left in right or right in left


def _band(number: int, step: PowerStep, risks: Iterable[RiskRow]) -> Band:
    texts = list(_texts(f"{number}. {step.name}", _STEP_X, _STEP_WIDTH, _NAME_SIZE, INK, bold=True))
    if step.post:
        texts += _texts(step.post, _STEP_X, _STEP_WIDTH, _TEXT_SIZE, SOFT)
    if step.is_weak:
        texts += _texts(f"△ 薄弱环节：{step.weak_link}", _STEP_X, _STEP_WIDTH, _TEXT_SIZE, WARN)
    box = _boxed(_STEP_X, _STEP_WIDTH, texts, WARN if step.is_weak else FRAME)
    box = replace(box, dashed=step.is_weak, step=step.name)
    cards = list(_stacked(risks))
    lines = tuple(line for card in cards for line in _elbow(_STEP_X + _STEP_WIDTH, min(24.0, box.height / 2), card))
    height = max([box.height, *(card.y + card.height for card in cards)])
    return Band((box, *cards), lines, height)


def _loose_band(risks: Iterable[RiskRow]) -> Band:
    texts = list(_texts("整项职权的风险点", _STEP_X, _STEP_WIDTH, _NAME_SIZE, SOFT, bold=True))
    texts += _texts("没有写明环节，或所写环节不在行使程序里", _STEP_X, _STEP_WIDTH, _TEXT_SIZE, SOFT)
    box = replace(_boxed(_STEP_X, _STEP_WIDTH, texts, SOFT), dashed=True)
    cards = list(_stacked(risks))
    lines = tuple(line for card in cards for line in _elbow(_STEP_X + _STEP_WIDTH, min(24.0, box.height / 2), card))
    return Band((box, *cards), lines, max([box.height, *(card.y + card.height for card in cards)]), is_step=False)


def _stacked(risks: Iterable[RiskRow]) -> Iterator[Box]:
    top = 0.0
    for risk in risks:
        sign, colour = GRADE_SIGNS[risk.grade]
        texts = list(_texts(f"{sign}　{risk.number}", _RISK_X, _RISK_WIDTH, _TEXT_SIZE, colour, bold=True))
        texts += _texts(risk.statement, _RISK_X, _RISK_WIDTH, _TEXT_SIZE, INK)
        card = replace(_boxed(_RISK_X, _RISK_WIDTH, texts, colour), risk=risk.number, round=2.0).moved(top)
        yield card
        top = card.y + card.height + _GAP


def _elbow(x: float, y: float, card: Box) -> Iterator[Line]:
    """From the right edge of a step, level, down and level again, to the first line of a card."""
    middle, target = (x + card.x) / 2, card.y + min(24.0, card.height / 2)
    yield Line(x, y, middle, y)
    if target != y:
        yield Line(middle, y, middle, target)
    yield Line(middle, target, card.x, target)


def _boxed(x: float, width: float, texts: Sequence[Text], stroke: str) -> Box:
    placed = tuple(replace(text, y=_PADDING + _LINE * index + 15) for index, text in enumerate(texts))
    return Box(x, 0.0, width, 2 * _PADDING + _LINE * len(placed) - 2, stroke, placed)


def _texts(text: str, x: float, width: float, size: float, fill: str, *, bold: bool = False) -> Iterator[Text]:
    for line in wrapped(text, width - 2 * _PADDING, size):
        yield Text(x + _PADDING, 0.0, line, size, fill, bold)


def wrapped(text: str, width: float, size: float, most: int = _MOST_LINES) -> list[str]:
    """Lines no wider than ``width``; no line starts with a closing sign, and what exceeds ``most`` ends with ……."""
    lines, line = [], ""
    for character in text:
        if line and text_width(line + character, size) > width and character not in _NO_LINE_START:
            lines.append(line)
            line = ""
        line += character
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-2] + "……"]
    return lines


def text_width(text: str, size: float) -> float:
    """Width of one line: a Chinese character is a full square, a Latin one 0.56 of it."""
    return sum(size if character > "\u2e7f" or character in "▲◆●○△……“”" else size * 0.56 for character in text)


def _sheets(bands: Sequence[Band], page_height: float) -> Iterator[Sheet]:
    """Fill sheets band by band; a band is never torn, and an arrow that crosses a fold starts at the next top."""
    sheet, top = Sheet(), 8.0
    before: Band | None = None
    for band in bands:
        if sheet.boxes and top + band.height > page_height:
            sheet.height = top - _BETWEEN + _MARGIN
            yield sheet
            sheet, top, before = Sheet(), 8.0, None
        if before is not None and band.is_step:
            middle = _STEP_X + _STEP_WIDTH / 2
            foot = top - _BETWEEN - before.height + before.boxes[0].height
            sheet.lines.append(Line(middle, foot, middle, top - 1, arrow=True))
        sheet.boxes += [box.moved(top) for box in band.boxes]
        sheet.lines += [replace(line, y1=line.y1 + top, y2=line.y2 + top) for line in band.lines]
        top += band.height + _BETWEEN
        before = band
    sheet.height = top - _BETWEEN + _MARGIN
    if sheet.boxes:
        yield sheet
