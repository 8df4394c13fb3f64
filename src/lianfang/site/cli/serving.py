"""Serving the site: the address is tried before anything else, so that nobody waits for a failure."""

from __future__ import annotations

import contextlib
import errno
import socket
import sys
from collections.abc import Iterator

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from lianfang.kernel.errors import Invalid

_WHY = {
    errno.EADDRINUSE: ("端口 {port} 已被另一个程序占用。", "先停止那个程序，或用 --port 换一个端口。"),
    errno.EACCES: (
        "没有权限使用端口 {port}。",
        "1024 以下的端口留给系统：用 --port 换一个，由反向代理对外提供（docs/how-to/behind-a-proxy.md）。",
    ),
}
_NOT_OURS = ("这台电脑上没有地址“{host}”。", "只给本机用写 127.0.0.1，给其他电脑也用写 0.0.0.0。")


@contextlib.contextmanager
def holding(host: str, port: int) -> Iterator[None]:
    """Keep this address for us until we have served: no other server gets it while ours is still being prepared.

    Raises:
        Invalid: it is in use, forbidden, or not this machine's.
    """
    try:
        (family, kind, _, _, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message, remedy = _WHY.get(error.errno or 0, _NOT_OURS)
        raise Invalid(message.format(host=host, port=port), remedy) from error
    with socket.socket(family, kind) as place:
        if sys.platform == "linux":
            # Two servers of this kind share a port on Linux, and each would get half of the requests. A place that
            # only they may share, bound and never listened at, stops the probe above in every later start.
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            with contextlib.suppress(OSError):
                place.bind(address)
        yield


def serve_until_stopped(host: str, port: int, workers: int) -> None:
    """Answer requests until Ctrl+C or a signal; what the server itself has to say begins with warnings."""
    Server(
        "lianfang.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
