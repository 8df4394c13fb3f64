"""Which register a table's headings belong to, and which heading means which field."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

from lianfang.foundation.documents.cells import split_names
from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.foundation.documents.concepts import Concept, Register
from lianfang.foundation.documents.headings import Heading, reduce_heading
from lianfang.foundation.documents.levels import is_phrase, looks_like_level
from lianfang.foundation.documents.lexicon_powers import POWERS
from lianfang.foundation.documents.lexicon_risks import RISKS
from lianfang.foundation.documents.tables import Cell

GENERAL: tuple[Register, ...] = (RISKS, POWERS)
"""The registers that a file read without a room's sheet may turn out to be."""

ACCEPTED = 0.55
"""A heading is only mapped when its best reading reaches this score."""

_SHARED = {
    "statement": ("risk",),
    "grade": ("level",),
    "action": ("measures",),
    "supervisor": ("leader", "deputy", "unit_head"),
}
"""Fields of a room's sheet that the general words know under another name, or under several."""

_TITLE_BONUS = 0.75
_SLIP = 0.6
_SLIP_FROM_LENGTH = 4
_HEADINGS_SHOWN = 120
_ALIKE = 0.5
_MOST = 0.8
_SAID_OUTRIGHT = {"level": 0.9, "unit": 0.7}
"""How sure a heading must be of a field for the cells below not to be asked."""

_UNIT_NAME = re.compile(
    r"^[^，。；\n]{0,24}(?:部|科|室|处|局|站|所|队|中心|办|股|院|司|厂|组|委|会|社|镇|乡|街道|村|校|园|馆|公司|部门|单位|机关|机构|窗口)$"
)

_BEGINNING, _ENDING = frozenset("任到入上就始起设建生新"), frozenset("离免出卸终止末撤销失旧")
_BARE_NAME, _OF_ANY_LIST = "名称", {"number", "unit"}

Reading = tuple[float, str | None]
"""Score and field; ``None`` for a column that the register keeps no field for."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a table is: register kind or ``None`` with ``reason``; the field of each column, by position."""

    register: Register | None
    fields: tuple[str | None, ...] = ()
    score: float = 0.0
    reason: str = ""
    nearest: str = ""
    unsure: tuple[int, ...] = field(default=())


def recognise(
    headings: Sequence[str],
    columns: Sequence[Sequence[Cell]] = (),
    titles: Iterable[str] = (),
    registers: Sequence[Register] = GENERAL,
) -> Recognition:
    """Choose the register that the headings speak for most; ``columns`` are some cells under each heading.

    When no register has the columns it cannot do without, ``register`` is ``None`` and ``reason`` says what is missing.
    """
    title = "".join("".join(titles).split())
    tried = [(_weigh(register, headings, columns, title), register) for register in registers]
    said = title + "".join("".join(headings).split())
    fitting = [
        (weight, register, fields)
        for (weight, fields), register in tried
        if _fits(register, fields, said) and _is_meant(register, fields, headings, columns, said)
    ]
    if fitting:
        weight, register, fields = max(fitting, key=lambda item: item[0])
        return Recognition(register, fields, weight, nearest=register.kind, unsure=_unsure(register, headings, fields))
    (weight, fields), register = max(tried, key=lambda item: item[0][0])
    reason = f"认不出这是哪一种清单；{_why_not(register, headings, fields)}"
    return Recognition(None, fields, weight, reason, register.kind)


def _why_not(register: Register, headings: Sequence[str], fields: Sequence[str | None]) -> str:
    """What the nearest register lacks, what headings there are, and which of them came near to what is lacking."""
    shown = "、".join(heading for heading in headings if heading)
    shown = f"文件里的表头是：{shown if len(shown) <= _HEADINGS_SHOWN else shown[:_HEADINGS_SHOWN] + '…'}。"
    if not any(fields):
        return f"没有一列的表头对得上任何清单。{shown}"
    lacking = [name for name in register.headings if name not in fields]
    if not lacking and register.general:
        said = "、".join(
            f"“{heading}”像是“{register.headings[name]}”"
            for heading, name in zip(headings, fields, strict=True)
            if name and name in register.headings
        )
        return f"最接近“{register.label}”，{said}，但{register.general.missing}。{shown}是的，请把表头改成这样。"
    if not lacking:
        return f"最接近“{register.label}”，但{register.missing}。{shown}"
    columns = "、".join(f"“{register.headings[name]}”" for name in lacking)
    shown += "".join(
        f"“{register.headings[name]}”里写的例如 {register.examples[name]}。"
        for name in lacking
        if name in register.examples
    )
    free = [heading for heading, name in zip(headings, fields, strict=True) if heading and name is None]
    near = [
        f"“{heading}”像是“{register.headings[name]}”" for name in lacking if (heading := _nearest(register, name, free))
    ]
    hint = f"其中{'，'.join(near)}；是的，请把表头改成这样。" if near else ""
    return f"最接近“{register.label}”，但缺少必填的{columns}列。{shown}{hint}"


def _nearest(register: Register, name: str, headings: Sequence[str]) -> str:
    """Which heading is spelt most like the words for a field, if any is at all like them."""
    words = [word for concept in register.concepts if concept.field == name for word in concept.words]
    likeness = {
        heading: max(Levenshtein.normalized_similarity(reduce_heading(heading).base, word) for word in words)
        for heading in headings
    }
    best = max(likeness, key=lambda heading: likeness[heading], default="")
    return best if best and likeness[best] >= _ALIKE else ""


def map_headings(
    register: Register, headings: Sequence[str], columns: Sequence[Sequence[Cell]] = ()
) -> tuple[str | None, ...]:
    """The field of each heading; no field is given twice unless its concept allows several columns."""
    readings = []
    for position, heading in enumerate(headings):
        cells = columns[position] if columns else ()
        found = _believable(readings_of(register, heading), cells) or _by_content(register, cells)
        readings += [(score, -position, name) for score, name in found if score >= ACCEPTED]
    many = {concept.field for concept in register.concepts if concept.many}
    fields: dict[int, str | None] = {}
    taken: set[str] = set()
    for _, negative, name in sorted(readings, key=lambda item: (-item[0], -item[1])):
        position = -negative
        if position in fields or (name in taken and name not in many):
            continue
        fields[position] = name
        if name is not None:
            taken.add(name)
    _supply_required(register, readings, fields)
    return tuple(fields.get(position) for position in range(len(headings)))


def _supply_required(
    register: Register, readings: Sequence[tuple[float, int, str | None]], fields: dict[int, str | None]
) -> None:
    """Where a field that the register cannot do without has no column, give it one that might be either.

    Of a list whose only words for a risk are headed 风险表现, these are the risk points.
    """
    for required in register.headings.keys() - set(fields.values()):
        might = sorted(((score, negative) for score, negative, name in readings if name == required), reverse=True)
        kept = {position for position, name in fields.items() if name in register.headings}
        unkept = {position for position, name in fields.items() if name is None}
        free = [-negative for _, negative in might if -negative not in kept | unkept]
        if free:
            fields[free[0]] = required


def readings_of(register: Register, heading: str) -> tuple[Reading, ...]:
    """All readings of one heading in one register, best first."""
    return _readings(register, heading)


@functools.lru_cache(maxsize=8192)
def _readings(register: Register, text: str) -> tuple[Reading, ...]:
    heading = reduce_heading(text)
    best: dict[str | None, float] = {}
    for spelling, worth in _spellings(heading):
        for concept in register.concepts:
            score = concept.score(spelling) * worth
            if score > best.get(concept.field, 0.0):
                best[concept.field] = score
    if not any(score >= ACCEPTED for score in best.values()):
        best |= _slips(register, heading)
    return tuple(sorted(((score, name) for name, score in best.items() if score > 0), key=lambda item: -item[0]))


def _spellings(heading: Heading) -> list[tuple[str, float]]:
    """Spellings to try, each with what a match on it is worth."""
    found = [(heading.base, 1.0), (heading.whole, 0.9 if heading.inner else 0.97)]
    if heading.lower:
        found += [(heading.lower, 0.96), (heading.upper, 0.8)]
    found += [(part, 0.9 - 0.08 * index) for index, part in enumerate(heading.parts[:3])]
    found += [(heading.core, 0.85)]
    return [(spelling, worth) for spelling, worth in found if spelling]


def _slips(register: Register, heading: Heading) -> dict[str | None, float]:
    """Fields whose words differ from the heading by one character (OCR and typing slips)."""
    if len(heading.base) < _SLIP_FROM_LENGTH:
        return {}
    return {
        concept.field: _SLIP
        for word, concept in register.words.items()
        if abs(len(word) - len(heading.base)) <= 1
        and Levenshtein.distance(word, heading.base, score_cutoff=1) == 1
        and not _reversed(word, heading.base)
    }


def _reversed(word: str, heading: str) -> bool:
    """Whether one character makes the opposite of a word: 任职日期 is no slip of 离职日期, and 止 none of 起."""
    changed = {*word} ^ {*heading}
    return bool(changed & _BEGINNING and changed & _ENDING)


def _believable(readings: tuple[Reading, ...], cells: Sequence[Cell]) -> tuple[Reading, ...]:
    """The readings of a heading that the cells below do not belie.

    Whole phrases are no grades (风险评价 | 财务风险), and what no unit is called is none (责任主体 | 科长).
    """
    texts = [str(cell).strip() for cell in cells if str(cell).strip()]
    if not texts:
        return readings
    belied = {"level"} if all(map(is_phrase, texts)) else set()
    if sum(all(map(_UNIT_NAME.search, split_names(text))) for text in texts) < _MOST * len(texts):
        belied.add("unit")
    return tuple((score, name) for score, name in readings if name not in belied or score >= _SAID_OUTRIGHT[name])


def _by_content(register: Register, cells: Sequence[Cell]) -> tuple[Reading, ...]:
    """Readings of a column whose heading says nothing, from what stands under it."""
    texts = [str(cell).strip() for cell in cells if str(cell).strip()]
    if not texts or "level" not in {concept.field for concept in register.concepts}:
        return ()
    hits = sum(map(looks_like_level, texts))
    return ((0.7, "level"),) if hits >= 0.8 * len(texts) else ()


def _weigh(
    register: Register, headings: Sequence[str], columns: Sequence[Sequence[Cell]], title: str
) -> tuple[float, tuple[str | None, ...]]:
    fields = map_headings(register, headings, columns)
    weights = {concept.field: concept.weight for concept in register.concepts}
    total = sum(weights[name] for name in set(fields) if name is not None)
    if register.title and register.title.search(title):
        total += _TITLE_BONUS
    return total, fields


def _fits(register: Register, fields: Iterable[str | None], said: str) -> bool:
    """Whether the fields found are those that a register cannot do without; ``said`` are its headings and titles."""
    present = {name for name in fields if name is not None}
    telling = register.telling is not None and register.telling.search(said) is not None
    needs = register.needs + register.loose if telling else register.needs
    return any(all(group & present for group in need) for need in needs)


def _is_meant(
    register: Register,
    fields: Sequence[str | None],
    headings: Sequence[str],
    columns: Sequence[Sequence[Cell]],
    said: str,
) -> bool:
    """Whether a sheet's required columns are headed by its own words, or the list has what every such list has.

    名称 alone may be of anything: such a list must have another column of that sheet.
    """
    own = {concept.field: concept.own for concept in register.concepts}
    said_of = {name: reduce_heading(heading).base for heading, name in zip(headings, fields, strict=True) if name}
    outright = {name for name, base in said_of.items() if base in own[name]}
    bare = {name for name in outright & register.headings.keys() if said_of[name] == _BARE_NAME}
    if register.general is None:
        return not bare or bool(outright - bare - _OF_ANY_LIST)
    if register.headings.keys() <= outright - bare:
        return True
    return _fits(register.general, map_headings(register.general, headings, columns), said)


def _unsure(register: Register, headings: Sequence[str], fields: Sequence[str | None]) -> tuple[int, ...]:
    """Columns that were mapped by a weak reading; a person should look at them."""
    found = []
    for position, name in enumerate(fields):
        scores = {field: score for score, field in readings_of(register, headings[position])}
        if name is not None and scores.get(name, 0.0) < 0.7:
            found.append(position)
    return tuple(found)


@functools.cache
def register_of(sheet: Sheet) -> Register:
    """The register that a room's sheet declares, with the general words for fields of the same name added."""
    known = next((known for known in GENERAL if known.kind == sheet.kind), None)
    general = {concept.field: concept for concept in known.concepts} if known else {}
    concepts = [_column_concept(column, _shared_concept(column.field, general)) for column in sheet.columns]
    if None in general:
        concepts.append(general[None])
    required = {column.field: column.heading for column in sheet.columns if column.required}
    needs = tuple(frozenset({name}) for name in required) or (frozenset(column.field for column in sheet.columns),)
    missing = "没有一列是这种清单的"
    examples = {
        column.field: column.example for column in sheet.columns if column.kind is Kind.REFERENCE and column.example
    }
    return Register(
        sheet.kind,
        sheet.title,
        tuple(concepts),
        (needs,),
        missing=missing,
        headings=required,
        examples=examples,
        general=known,
    )


def _shared_concept(name: str, general: Mapping[str | None, Concept]) -> Concept | None:
    """The general words for a field, those of all its other names together."""
    found = [general[other] for other in _SHARED.get(name, (name,)) if other in general]
    if not found:
        return None
    words = tuple(word for concept in found for word in concept.words)
    return replace(found[0], words=words, patterns=tuple(one for concept in found for one in concept.patterns))


def _column_concept(column: Column, shared: Concept | None) -> Concept:
    own = frozenset(reduce_heading(text).base for text in (column.heading, *column.synonyms))
    many = column.many and column.kind in {Kind.ITEMS, Kind.TEXT}
    if shared is None:
        return Concept(column.field, tuple(own), many=many, own=own)
    return Concept(column.field, (*own, *shared.words), shared.patterns, shared.weight, many, own)
