"""What can be foreseen to go wrong with a machine: files, disks, ports, databases; each with what to do about it."""

from __future__ import annotations

import errno
import os
import sys
from types import TracebackType
from urllib.parse import unquote, urlsplit

from lianfang.kernel.errors import LianfangError
from lianfang.kernel.outages import RIGHTS, Words, outage, state_of
from lianfang.site.cli.answers import complain

FAILED, MISUSED, INTERRUPTED = 1, 2, 130
"""Exit statuses: it did not work; the command was written wrongly; Ctrl+C."""

_POSTGRES_PORT = 5432
_OPENING = "请核对文件名和位置。"
_ROOM = "请清理磁盘或换一个位置，再做一次；原有的文件没有改动。"
_SYSTEM: dict[int, Words] = {
    errno.ENOENT: ("找不到{}。", "请检查文件夹是否存在，名字有没有写错。"),
    errno.ENOTDIR: ("{}的上一级不是文件夹。", _OPENING),
    errno.EISDIR: ("{}是文件夹，不是文件。", "请写出文件夹里的文件名。"),
    errno.EEXIST: ("已经有{}了。", "请换一个名字，或先把它移走。"),
    errno.EACCES: ("没有权限读写{}。", RIGHTS),
    errno.EPERM: ("不允许读写{}。", RIGHTS),
    errno.EROFS: ("{}在只读的磁盘上，不能写入。", "请换一个可以写入的位置。"),
    errno.ENOSPC: ("磁盘已满，没有写成{}。", _ROOM),
    errno.EDQUOT: ("磁盘配额已用完，没有写成{}。", _ROOM),
    errno.ENAMETOOLONG: ("文件名太长：{}。", "请换一个短的名字。"),
    errno.EMFILE: ("同时打开的文件太多。", "请关闭其他程序后再试，或请系统管理员提高上限（ulimit -n）。"),
    errno.EIO: ("磁盘读写{}时出错。", "请检查磁盘；正式数据请从备份恢复（docs/how-to/back-up.md）。"),
}
_ANYTHING = "请检查文件夹是否存在、有没有权限、磁盘是否已满。"
_ADDRESS = "请写成 postgresql://用户:密码@主机:5432/库名；不写则用 LIANFANG_HOME 里的 SQLite。"
_SETTINGS = "请检查环境变量，各项含义见 docs/reference/settings.md。"


class Explained:
    """Ends the program where its block fails for a reason that could be foreseen: a sentence, an exit status.

    What nobody foresaw is said to be a fault of the program and goes on as the exception that it is, traceback and all.
    """

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Explain ``error``.

        Raises:
            SystemExit: ``error`` was foreseen and has been explained.
        """
        if error is None or isinstance(error, SystemExit):
            return
        if isinstance(error, BrokenPipeError):
            forget_output()
            raise SystemExit(FAILED)
        if isinstance(error, KeyboardInterrupt):
            complain("已停止。")
            raise SystemExit(INTERRUPTED)
        words = foreseen(error)
        if words is None:
            complain("程序出错了，不是您的操作有误。", "请把下面的内容和所用的命令告诉维护者。")
            return
        complain(*words, details=error.details if isinstance(error, LianfangError) else ())
        raise SystemExit(FAILED) from error


def foreseen(error: BaseException) -> Words | None:
    """What happened and what to do next; ``None`` for what nobody foresaw.

    Errors of Django and of databases are known by their names: to load their classes would cost the commands that need
    no database a fifth of a second.
    """
    if isinstance(error, LianfangError):
        return error.message, error.remedy
    if isinstance(error, OSError):
        return _of_system(error)
    names = {base.__name__ for base in type(error).__mro__}
    if "DatabaseError" in names:
        return outage(str(error), _server(), state_of(error))
    if names & {"UnknownSchemeError", "ParseError"}:
        return "LIANFANG_DATABASE_URL 写得不对，认不出是哪一种数据库。", _ADDRESS
    if "ImproperlyConfigured" in names:
        return str(error), _SETTINGS
    return None


def _server() -> str:
    """The database server as a person names it, “host:port/name”; never its user or password, "" where none is set."""
    try:
        address = urlsplit(os.environ.get("LIANFANG_DATABASE_URL", ""))
        port = address.port or _POSTGRES_PORT
    except ValueError:
        return ""
    if not address.hostname:
        return ""
    return f"“{unquote(address.hostname)}:{port}{unquote(address.path)}”"


def _of_system(error: OSError) -> Words:
    name = f"“{os.fsdecode(error.filename)}”" if isinstance(error.filename, str | bytes) else "文件"
    said, remedy = _SYSTEM.get(error.errno or 0, (f"不能读写{{}}：{error.strerror or error}。", _ANYTHING))
    return said.format(name), remedy


def forget_output() -> None:
    """Send what is still to be printed nowhere: whoever read it has gone (``lianfang … | head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
