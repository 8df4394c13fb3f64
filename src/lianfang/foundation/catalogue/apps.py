"""Django application of the room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """检索与计数."""

    name = "lianfang.foundation.catalogue"
    label = "catalogue"
    verbose_name = "检索与计数"
