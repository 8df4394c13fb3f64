"""Writes the reference of what reading and taking in a file can report."""

from __future__ import annotations

from collections.abc import Iterable

from lianfang.site.checks.rule_pages import ReadingNotice
from lianfang.site.reference.markdown import page_of, table_of


def notice_page(notices: Iterable[ReadingNotice]) -> str:
    """Every code, how grave it is, what it means and what to do."""
    about = "导入时逐格检查。有错误的文件一个字也不写入，警告须核对，提示说明系统怎样理解了文件；每一条都写明位置。"
    lines = [(one.code, one.severity.label, one.title, one.remedy) for one in notices]
    return page_of("读取文件时的提示", about, table_of(("代码", "级别", "含义", "怎么办"), lines))
