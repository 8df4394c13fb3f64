"""What a database says when it cannot be used, in words: what happened, and what whoever runs the machine does.

Only sentences and codes that the drivers really have are known: an error that merely speaks of a connection or of
something malformed is a fault of a statement, and nobody restores a backup for it.
"""

from __future__ import annotations

import re

Words = tuple[str, str]
"""What happened, and what to do next."""

RIGHTS = "请换用有权限的账户，或请系统管理员开放这个文件和它所在的文件夹。"
_RESTORE = "请从备份恢复，办法见 docs/how-to/back-up.md。"
_SERVER = "请核对 LIANFANG_DATABASE_URL，并确认数据库服务已经启动，办法见 docs/how-to/use-postgresql.md。"
_AGAIN = "请稍后再试；仍然不行时，请看数据库服务的日志。"
_FULL: Words = ("磁盘已满，数据库没有写成。", "请清理磁盘后再做一次；没有写成的内容一个字也没有留下。")
_READ_ONLY: Words = ("数据库是只读的，不能写入。", RIGHTS)
_DAMAGED: Words = ("数据库文件已经损坏。", _RESTORE)
_DISK: Words = ("磁盘读写数据库时出错。", f"请检查磁盘。{_RESTORE}")
_UNKNOWN_USER: Words = ("数据库不接受这个用户名和密码。", _SERVER)
_UNREACHED: Words = ("连不上数据库{}。", _SERVER)
_STOPPED: Words = ("数据库服务正在启动、停止，或者断开了连接。", _AGAIN)
_CROWDED: Words = ("数据库服务的连接或者内存不够用了。", _AGAIN)
_MISSING: Words = ("数据库服务器上没有要找的库、用户或者表。", f"新库请先运行 lianfang migrate。{_SERVER}")
_FORBIDDEN: Words = ("数据库账户没有所需的权限。", _SERVER)

_SAID: tuple[tuple[str, Words], ...] = (
    ("^unable to open database", ("打不开数据库文件。", "请检查 LIANFANG_HOME 所指的文件夹是否存在、能不能写入。")),
    (
        "^database (table |schema )?is locked",
        ("数据库正被另一个程序占用，等了很久没有等到。", "请稍后再试；仍然不行时，停止服务后再试。"),
    ),
    ("^file is (encrypted or is )?not a database", ("数据库文件不是数据库，或者已经损坏。", _RESTORE)),
    ("^database disk image is malformed|^malformed database schema", _DAMAGED),
    ("^attempt to write a readonly database", _READ_ONLY),
    ("^database or disk is full|: no space left on device", _FULL),
    ("^disk i/o error", _DISK),
    ("^no such table", ("数据库还没有建好，或者比程序旧。", "请先运行 lianfang migrate。")),
    ("password authentication failed for user", _UNKNOWN_USER),
    ('(database|role|relation) ".*" does not exist', _MISSING),
    ("the database system is (starting up|shutting down|in recovery)|terminating connection due to", _STOPPED),
    ("sorry, too many clients|remaining connection slots|too many connections for", _CROWDED),
    ("permission denied for (table|schema|database|relation|sequence)", _FORBIDDEN),
    ("^connection (failed|is bad|timeout)|connection to server (at|on) |could not connect to server", _UNREACHED),
    ("^couldn't get a connection after|^failed to resolve host|could not translate host name", _UNREACHED),
    ("server closed the connection|^the connection is (lost|closed)|^connection already closed", _UNREACHED),
)
"""What SQLite says, and PostgreSQL where it gives no code: while somebody connects, and when the line breaks."""

_CODES: tuple[tuple[str, Words], ...] = (
    ("08", _UNREACHED),
    ("25006", _READ_ONLY),
    ("28", _UNKNOWN_USER),
    ("3D000", _MISSING),
    ("42P01", _MISSING),
    ("42501", _FORBIDDEN),
    ("53100", _FULL),
    ("53", _CROWDED),
    ("57P", _STOPPED),
    ("58030", _DISK),
    ("XX001", _DAMAGED),
    ("XX002", _DAMAGED),
)
"""SQLSTATE, or how it begins → what it means (PostgreSQL, appendix A: 08 connection, 53 resources, 57P operator)."""


def outage(said: str, server: str = "", state: str = "") -> Words | None:
    """What happened and what to do next; ``None`` for what no state of a machine explains.

    ``said`` is the database's own sentence, ``state`` its SQLSTATE where it gave one, which then rules alone;
    ``server`` names where the database is, as a person may read it.
    """
    if state:
        words = next((words for code, words in _CODES if state.startswith(code)), None)
    else:
        words = next((words for sign, words in _SAID if re.search(sign, said, re.IGNORECASE)), None)
    return words and (words[0].format(server), words[1])


def state_of(error: BaseException) -> str:
    """The SQLSTATE that a driver's error carries, or the one behind an error of Django; "" where there is none."""
    behind: BaseException | None = error
    while behind is not None:
        if state := getattr(behind, "sqlstate", None):
            return str(state)
        behind = behind.__cause__
    return ""
