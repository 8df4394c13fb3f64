"""The lists of the programme under all their names: one is printed, every one is understood (S30)."""

from __future__ import annotations

from itertools import product

from lianfang.kernel.vocabulary import Word

SHORTEST = 3
"""Characters of a name that tell which list is meant: 登记清单 does, 清单 does not."""
MOST = 12
"""Spellings of one question that are tried."""


class ListName(Word):
    """A list: the name under which it is printed, and those under which plans, superiors and colleagues ask for it."""

    POWERS = "powers", "权力清单", "权责清单", "职权清单", "职权目录"
    NEGATIVES = "negatives", "负面清单", "廉政负面清单"
    POST_GRADES = "post_grades", "岗位风险等级清单", "岗位风险登记清单", "岗位风险评定等级清单", "岗位风险等级表"
    RISKS = "risks", "风险点清单", "风险清单", "风险点登记表"
    CONTROLS = "controls", "防控措施清单", "风险防控措施清单"
    REGULATIONS = "regulations", "制度清单", "制度目录", "制度汇编"
    LEDGER = "ledger", "防控措施台账", "风险防控台账", "廉政风险防控措施台账"

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the printed one first."""
        return (self.label, *self.aliases)

    def is_meant_by(self, text: str) -> bool:
        """Whether ``text`` holds a name of this list, or is a telling part of one."""
        asked = "".join(text.split())
        return any(name in asked or (len(asked) >= SHORTEST and asked in name) for name in self.names)


def spellings(text: str) -> tuple[str, ...]:
    """``text`` itself, and as it reads under the other names of the lists that it speaks of, at most twelve in all."""
    found = dict.fromkeys([" ".join(text.split())])
    for words in product(*(_alternatives(word) for word in text.split())):
        found[" ".join(words)] = None
        if len(found) == MOST:
            break
    return tuple(found)


def _alternatives(word: str) -> tuple[str, ...]:
    found = dict.fromkeys([word])
    for one in ListName:
        said = max((name for name in one.names if name in word), key=len, default="")
        if said:
            found.update(dict.fromkeys(word.replace(said, name) for name in one.names))
        elif one.is_meant_by(word):
            found.update(dict.fromkeys(one.names))
    return tuple(found)
