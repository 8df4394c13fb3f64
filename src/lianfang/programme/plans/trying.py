"""Whether the text of a plan from outside can be read in the time and memory that a web request may take."""

from __future__ import annotations

import tempfile

from lianfang.foundation.documents.isolation import Child, run_child
from lianfang.foundation.documents.limits import Limits

READING = Limits(cpu_seconds=10, wall_seconds=30)
"""Ten seconds of computing: the longest text that is taken, of honest wording, needs a third of it."""
_REMEDY = "请只留方案正文，去掉附件、汇编和反复堆砌的文字后再读。"
_TRIAL = Child(
    "lianfang.programme.plans.trial",
    too_big=("文字太复杂，读取时超出了允许的内存。", _REMEDY),
    too_slow=("文字太复杂，读取超出了允许的时间。", _REMEDY),
    crashed=("文字里有读取程序不能处理的内容。", _REMEDY),
)


def demand_readable(text: str, limits: Limits = READING) -> None:
    """Read ``text`` on trial in a child process, before anything is written and no lock is held.

    Raises:
        Invalid: reading takes more time or memory than ``limits`` allow.
    """
    with tempfile.TemporaryFile() as copy:
        copy.write(text.encode())
        copy.seek(0)
        run_child(_TRIAL, copy, limits)
