"""Writes the reference of what a deployment may set: environment variables."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.site.reference.markdown import code, page_of, table_of


@dataclass(frozen=True)
class Variable:
    """One environment variable: its default as a person reads it, and what it does."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("LIANFANG_HOME", "当前目录下的 var", "数据库、密钥、文件放在哪里；只应让运行程序的用户读写。"),
    Variable("LIANFANG_NAME", "廉政风险防控", "显示在页面左上角的名称。"),
    Variable("LIANFANG_DATABASE_URL", "LIANFANG_HOME 里的 SQLite", "换用 PostgreSQL 时填写，如 postgres://用户:密码@主机/库名。"),
    Variable("LIANFANG_HOSTS", "localhost,127.0.0.1,[::1]", "允许用哪些主机名访问，逗号隔开。"),
    Variable("LIANFANG_HTTPS", "不启用",
             "设为 1：登录凭据只在 HTTPS 上发送，浏览器一年内只用 HTTPS；反向代理须传 X-Forwarded-Proto。"),
    Variable("LIANFANG_PROXIES", "0",
             "前面有几层反向代理；登录锁定按代理传来的地址计数，见[放在反向代理后面](../how-to/behind-a-proxy.md)。"),
    Variable("LIANFANG_SECRET_KEY", "LIANFANG_HOME 里自动生成的文件", "签名密钥。多台机器共用一个库时，各台须相同。"),
    Variable("LIANFANG_PASSWORDS", "mlps3",
             "密码要求，由单位选择：mlps3（至少 10 位、三种字符、90 天更换）或 asvs（至少 15 位、不更换）。"),
    Variable("LIANFANG_IDLE_MINUTES", "15", "多少分钟没有操作就退出登录。"),
    Variable("LIANFANG_LOG_IN_HOURS", "8", "一次登录最长多少小时。"),
    Variable("LIANFANG_LOG_LEVEL", "WARNING", "写到标准错误的日志从哪一级起：DEBUG、INFO、WARNING、ERROR。"),
    Variable("LIANFANG_DEBUG", "不启用", "设为 1 供开发使用：显示出错细节。正式环境不得启用。"),
    Variable("LIANFANG_PLAIN_STATIC", "不启用", "设为 1：静态文件不压缩、不加指纹，供开发使用。"),
    Variable("LIANFANG_STYLEGUIDE", "不启用", "设为 1：开放 /styleguide/ 组件样例，供开发使用。"),
)  # fmt: skip


def settings_page() -> str:
    """The environment variables of a deployment."""
    variables = [(code(one.name), one.default, one.meaning) for one in VARIABLES]
    return page_of(
        "环境变量",
        "启动服务和命令行以前设置，各台机器可以不同。只写机器上的事；数量由人决定的，见[参数](parameters.md)。",
        table_of(("变量", "默认", "作用"), variables),
    )
