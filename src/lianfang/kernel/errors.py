"""The errors of the house: each a stable code, one full Chinese sentence, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class LianfangError(Exception):
    """A failure that a person can act on: ``message`` says what, ``remedy`` says what to do next."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "broken"
    default_remedy: ClassVar[str] = "请稍后重试；仍然出错时，把页面上的时间和编号告诉系统管理员。"

    def __init__(self, message: str, remedy: str = "", *, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy or self.default_remedy
        self.details = tuple(details)


class Refused(LianfangError):
    """The person may see the thing but may not do this to it (403)."""

    status = 403
    code = "refused"
    default_remedy = "请联系本单位负责人，或请安全管理员核对您的授权。"


class Absent(LianfangError):
    """No such thing, or not yours to see: the answer is the same (404)."""

    status = 404
    code = "absent"
    default_remedy = "请核对编号，或从列表重新进入。"


class Invalid(LianfangError):
    """What came in does not have the right shape (422)."""

    status = 422
    code = "invalid"
    default_remedy = "请按提示修改后重新提交。"


class Conflict(LianfangError):
    """Somebody else changed the thing meanwhile, or its state does not allow the move (409)."""

    status = 409
    code = "conflict"
    default_remedy = "请刷新页面，查看对方的修改后再操作；您填写的内容已保留。"


class Unmarked(Conflict):
    """A change that does not say which state it was made from, so that nobody knows what it would overwrite (428)."""

    status = 428
    code = "unmarked"
    default_remedy = "请先读取现在的内容，照着它改好，再带上读到的版本号或者 ETag 重新提交。"


class Broken(LianfangError):
    """The system failed; nothing was half-written (500)."""
