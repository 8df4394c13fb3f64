"""The life of a programme and of a submission, as far as they are built: the gates and the way upward come later."""

from __future__ import annotations

from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.kernel.vocabulary import Word


class ProgrammeState(Word):
    """States of a programme (domain.md §4); running, amended and closed follow with the gates."""

    DRAFT = "draft", "待核对", "草稿"
    CONFIRMED = "confirmed", "已确认"
    VOID = "void", "已作废"


PROGRAMME = Lifecycle(
    "programmes",
    ProgrammeState.DRAFT,
    (
        Move("confirm", ProgrammeState.DRAFT, ProgrammeState.CONFIRMED, "确认方案"),
        Move("discard", ProgrammeState.DRAFT, ProgrammeState.VOID, "作废草稿"),
    ),
)


class SubmissionState(Word):
    """States of a submission; drafted, submitted, accepted, forwarded and receipted follow."""

    DUE = "due", "待报送"
    WAIVED = "waived", "免报"


SUBMISSION = Lifecycle(
    "submissions", SubmissionState.DUE, (Move("waive", SubmissionState.DUE, SubmissionState.WAIVED, "免报"),)
)
