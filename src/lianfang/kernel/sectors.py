"""The field that a bureau works in; what its registers can be expected to hold depends on it."""

from __future__ import annotations

from lianfang.kernel.vocabulary import Word


class Sector(Word):
    """Fields of work of a bureau (行业领域); one that states none is asked for nothing that depends on a field."""

    ENVIRONMENT = "environment", "生态环境", "环境保护", "环保"
    WATER = "water", "水利", "水务"
    HEALTH = "health", "卫生健康", "卫生", "医院", "医疗"
    EDUCATION = "education", "教育", "学校"
    POLICE = "police", "公安"
    MARKET = "market", "市场监管", "市场监督管理"
    LAND = "land", "自然资源", "国土资源", "规划"
    HOUSING = "housing", "住房城乡建设", "住建"
    TRANSPORT = "transport", "交通运输", "交通"
    CIVIL_AFFAIRS = "civil-affairs", "民政"
    OTHER = "other", "其他"
