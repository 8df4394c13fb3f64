"""The two responsibilities (S22): the Party group answers for the work itself, the discipline body for watching it."""

from __future__ import annotations

from lianfang.kernel.vocabulary import Word


class Responsibility(Word):
    """Which of the two (两个责任) a duty or a measure discharges; one never stands in for the other."""

    MAIN = "main", "主体责任", "党组主体责任", "党委主体责任", "党组责任"
    SUPERVISORY = "supervisory", "监督责任", "纪检监督责任", "纪委监督责任", "专责监督"
