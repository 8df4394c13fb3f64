"""Django application of the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账户授权."""

    name = "lianfang.foundation.accounts"
    label = "accounts"
    verbose_name = "账户授权"
