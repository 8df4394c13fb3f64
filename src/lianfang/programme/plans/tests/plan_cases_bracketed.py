"""Sentences whose day stands in a bracket, or whose receiver is told by its letter box or by what it does: as read."""

from __future__ import annotations

STAGE = "第一阶段：部署（2026年3月2日至5月29日）\n"
CASES: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    ("各站形成查摆报告（4月10日前报局监察室），并逐条整改。", ("查摆报告",), "各站", ("局监察室",)),
    ("3月20日前各站负责人签署责任书并交办公室保管。", ("责任书",), "各站负责人", ("办公室",)),
    ("各站联络员于3月6日前报人事科工作邮箱。", ("联络员",), "各站", ("人事科",)),
    ("3月6日前将联络员名册报办公室。", ("联络员名册",), "", ("办公室",)),
    ("各站清理事项，填写《事项登记表》，3月31日前报法制科。", ("《事项登记表》",), "各站", ("法制科",)),
)
