"""What a database says when it cannot be used, in words: what happened, and what whoever runs the machine does."""

from __future__ import annotations

Words = tuple[str, str]
"""What happened, and what to do next."""

RIGHTS = "请换用有权限的账户，或请系统管理员开放这个文件和它所在的文件夹。"
_RESTORE = "请从备份恢复，办法见 docs/how-to/back-up.md。"
_SERVER = "请核对 LIANFANG_DATABASE_URL，并确认数据库服务已经启动，办法见 docs/how-to/use-postgresql.md。"
_SIGNS: tuple[tuple[str, Words], ...] = (
    ("unable to open database", ("打不开数据库文件。", "请检查 LIANFANG_HOME 所指的文件夹是否存在、能不能写入。")),
    (
        "database is locked",
        ("数据库正被另一个程序占用，等了很久没有等到。", "请稍后再试；仍然不行时，停止服务后再试。"),
    ),
    ("not a database", ("数据库文件不是数据库，或者已经损坏。", _RESTORE)),
    ("malformed", ("数据库文件已经损坏。", _RESTORE)),
    ("readonly database", ("数据库是只读的，不能写入。", RIGHTS)),
    ("disk is full", ("磁盘已满，数据库没有写成。", "请清理磁盘后再做一次；没有写成的内容一个字也没有留下。")),
    ("disk i/o error", ("磁盘读写数据库时出错。", f"请检查磁盘。{_RESTORE}")),
    ("no such table", ("数据库还没有建好，或者比程序旧。", "请先运行 lianfang migrate。")),
    ("password authentication failed", ("数据库不接受这个用户名和密码。", _SERVER)),
    ("couldn't get a connection", ("连不上数据库{}。", _SERVER)),
    ("connection", ("连不上数据库{}。", _SERVER)),
    ("does not exist", ("数据库服务器上没有要找的库、用户或者表。", f"新库请先运行 lianfang migrate。{_SERVER}")),
    ("permission denied", ("数据库账户没有所需的权限。", _SERVER)),
)


def outage(said: str, server: str = "") -> Words | None:
    """What happened and what to do next; ``None`` for what no state of a machine explains.

    ``said`` is the database's own sentence; ``server`` names where the database is, as a person may read it.
    """
    folded = said.lower()
    return next(((what.format(server), remedy) for sign, (what, remedy) in _SIGNS if sign in folded), None)
