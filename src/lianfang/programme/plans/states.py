"""The lives of a programme, a submission and a receipt, as far as they are built: gates and the way up come later."""

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
    """States of a submission; drafted, accepted, forwarded and receipted follow with the way upward."""

    DUE = "due", "待报送"
    SUBMITTED = "submitted", "已报送"
    WAIVED = "waived", "免报"


SUBMISSION = Lifecycle(
    "submissions",
    SubmissionState.DUE,
    (
        Move("receive", SubmissionState.DUE, SubmissionState.SUBMITTED, "登记报送"),
        Move("take-back", SubmissionState.SUBMITTED, SubmissionState.DUE, "撤销登记"),
        Move("waive", SubmissionState.DUE, SubmissionState.WAIVED, "免报"),
    ),
)


class ReceiptState(Word):
    """States of a receipt: nothing comes after it, and nobody takes it back."""

    AWAITED = "awaited", "待签收"
    RECEIVED = "received", "已签收"


RECEIPT = Lifecycle(
    "receipts",
    ReceiptState.AWAITED,
    (Move("acknowledge", ReceiptState.AWAITED, ReceiptState.RECEIVED, "签收"),),
)
