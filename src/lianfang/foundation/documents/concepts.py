"""How headings name fields: concepts (exact words and patterns), and the registers they make up.

A heading is compared in three ways, best first: exact words; patterns on how headings are built, whose last word says
what they are (防控责任**领导**, 风险防控**岗位**); one wrong character. Concepts without a field name columns that a
register does not keep; they stop a near miss from being taken for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

UNIT = r"(?:科室|股室|处室|室所|站所|部门|单位|机构|机关|大队|支队|中队|窗口|责任科|责任股|责任处)"
AGENCY = r"(?:主体|机关|机构|单位|部门)"
DUTY = r"(?:职权|权力|权责|权利|行政权力|职责|执法)"

WIDER = frozenset({"单位", "单位名称", "所属单位", "所在单位"})
"""Headings of units that name the whole bureau where another column names its sections."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What one field is called: exact words, and (pattern, score 0–1) for words built like it.

    ``field`` is ``None`` for columns that the register has no field for. ``weight`` says how much finding the field
    speaks for the register; ``many`` allows several columns, joined. ``own`` are the words that a room's sheet itself
    declares: they outdo the general ones.
    """

    field: str | None
    words: tuple[str, ...] = ()
    patterns: tuple[tuple[re.Pattern[str], float], ...] = ()
    weight: float = 1.0
    many: bool = False
    own: frozenset[str] = frozenset()

    def score(self, spelling: str) -> float:
        """How well a spelling names this field: 1.1 own word, 1 exact word, less for a pattern, 0 for no match.

        Of 单位 and 科室 side by side the narrower is meant, so the wider counts a little less.
        """
        if spelling in self.own:
            return 1.05 if spelling in WIDER else 1.1
        if spelling in self.words:
            return 1.0
        return max((score for pattern, score in self.patterns if pattern.search(spelling)), default=0.0) * 0.99


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """A register to recognise.

    ``needs``: for at least one alternative, every group must have one field found. ``loose`` alternatives suffice only
    where the headings or the title also say one of the ``telling`` words: 项目名称 and 责任单位 alone may be anything.
    ``headings`` are what a room's sheet prints over the fields it cannot do without; a list that names these only by
    general words (名称, 主要职责) must have what ``general`` needs, too. ``examples`` are of what stands in them.
    """

    kind: str
    label: str
    concepts: tuple[Concept, ...]
    needs: tuple[tuple[frozenset[str], ...], ...] = ()
    loose: tuple[tuple[frozenset[str], ...], ...] = ()
    telling: re.Pattern[str] | None = None
    missing: str = ""
    title: re.Pattern[str] | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    general: Register | None = None
    words: dict[str, Concept] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for concept in self.concepts:
            for word in concept.words:
                self.words.setdefault(word, concept)


def concept(
    name: str | None,
    words: str = "",
    patterns: Iterable[tuple[str, float]] = (),
    weight: float = 1.0,
    *,
    many: bool = False,
) -> Concept:
    compiled = tuple((re.compile(pattern), score) for pattern, score in patterns)
    return Concept(name, tuple(words.split()), compiled, weight, many)


def group(names: str) -> frozenset[str]:
    return frozenset(names.split())
