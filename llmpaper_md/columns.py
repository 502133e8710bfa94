"""What a column means, told by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from .errors import ConfigError

Field = Literal[
    "id", "stars", "title", "introduction", "authors", "year", "date", "venue", "code", "links"
]
FIELDS: tuple[Field, ...] = get_args(Field)

# Names as `_normal` makes them. Of a field's names an earlier one wins over a later one, so
# that in a table with both, Title is the title and Paper a column of links.
_NAMES: dict[Field, tuple[str, ...]] = {
    "title": (
        *("title", "papertitle", "titleofpaper", "papername", "论文标题", "论文题目"),
        *("论文名称", "论文名", "标题", "题目", "論文標題", "標題", "paper", "papers", "论文"),
        *("論文", "文章", "article", "articles", "publication", "publications"),
    ),
    "id": (
        *("id", "no", "nr", "sno", "num", "number", "index", "#", "№", "编号", "序号", "編號"),
        *("序號",),
    ),
    "stars": (
        *("stars", "star", "rating", "rate", "importance", "recommendation", "星级", "重要程度"),
        *("重要性", "推荐", "推荐度", "推荐指数", "推荐程度", "评分", "星級", "⭐", "★", "🌟"),
    ),
    "introduction": (
        *("introduction", "intro", "abstract", "summary", "description", "notes", "note"),
        *("comment", "comments", "tldr", "keyidea", "highlights", "remarks", "简介", "介绍"),
        *("说明", "摘要", "备注", "描述", "笔记", "解读", "简要介绍", "簡介", "介紹", "說明"),
        *("備註",),
    ),
    "authors": ("authors", "author", "作者", "论文作者"),
    "year": ("year", "年份", "年", "发表年份", "發表年份", "pubyear"),
    "date": (
        *("date", "time", "published", "publishdate", "publicationdate", "release", "pubdate"),
        *("日期", "发表日期", "发布日期", "提交日期", "时间", "发表时间", "发布时间", "發表時間"),
    ),
    "venue": (
        *("venue", "conference", "journal", "conf", "pub", "publisher", "publishedin", "会议"),
        *("期刊", "发表", "会议期刊", "出处", "來源", "来源", "publication", "publications"),
    ),
    "code": (
        *("code", "codes", "github", "repo", "repository", "sourcecode", "implementation"),
        *("officialcode", "codelink", "githublink", "githubrepo", "代码", "代码地址"),
        *("代码链接", "源码", "开源", "开源代码", "开源地址", "代碼", "開源", "原始碼"),
    ),
    "links": (
        *("link", "links", "url", "urls", "pdf", "arxiv", "arxivid", "arxivlink", "paperlink"),
        *("paperurl", "linktopaper", "doi", "链接", "原文链接", "论文链接", "地址", "论文地址"),
        *("鏈接", "連結", "paper", "papers", "论文", "論文"),
    ),
}


def _places(names: Sequence[str]) -> dict[str, int]:
    """Where each name stands first."""
    return {name: place for place, name in reversed([*enumerate(names)])}


_PLACES = {field: _places(names) for field, names in _NAMES.items()}
_MANY: frozenset[Field] = frozenset({"links", "code", "stars"})
"""Fields that more than one column can belong to."""
_IN_PARTS: frozenset[Field] = frozenset(
    {"title", "introduction", "authors", "venue", "links", "code"}
)
"""Fields that one part of a name is enough for: Code & Data. Of the others, all parts must be
names of the field: Year / 年份, but not Time (s)."""

# Columns that name the thing a paper is about; its title where the paper column says "link".
_NAME_COLUMNS = frozenset(
    [
        "name",
        "model",
        "models",
        "method",
        "methods",
        "approach",
        "system",
        "dataset",
        "benchmark",
        "名称",
        "模型",
        "方法",
    ]
)

_SEPARATOR = re.compile(r"[/&,，、|()（）\[\]]|\band\b|\bor\b|和|与", re.IGNORECASE)
# What a name of two scripts is made of: 年份 Year, ⭐ Stars.
_SCRIPT = re.compile(r"[⭐★🌟]|[㐀-鿿]+|[^⭐★🌟㐀-鿿]+")
_DECORATION = re.compile(r"[^\w#№⭐★🌟]+|_")


def _normal(name: str) -> str:
    return _DECORATION.sub("", name.casefold())


def _parts(name: str) -> list[list[str]]:
    """The parts of a name in normal form, each with the pieces of it that are in one script."""
    parts = ([part, *_SCRIPT.findall(part)] for part in _SEPARATOR.split(name))
    return [forms for part in parts if (forms := [*filter(None, map(_normal, part))])]


def _place(part: Sequence[str], known: Mapping[str, int]) -> int | None:
    """Where a part of a name, or else all its pieces, stand among the names of a field."""
    if part[0] in known:
        return known[part[0]]
    places = [known[piece] for piece in part[1:] if piece in known]
    return min(places) if len(places) == len(part) - 1 else None


def check_names(more: Mapping[Field, Sequence[str]]) -> None:
    """Make sure that names are lists of names by fields that there are.

    Raises:
        ConfigError: they are not.

    >>> check_names({"title": "Arbeit"})
    Traceback (most recent call last):
    llmpaper_md.errors.ConfigError: column_names: title: expected a list of names, found 'Arbeit'
    """
    for field, names in more.items():
        if field not in FIELDS:
            raise ConfigError(
                f"column_names: {field}: unknown field; known are {', '.join(FIELDS)}"
            )
        if isinstance(names, str):
            raise ConfigError(f"column_names: {field}: expected a list of names, found {names!r}")


def assign(
    names: Sequence[str], more: Mapping[Field, Sequence[str]] | None = None
) -> tuple[Field | None, ...]:
    """The field that each column belongs to, None for those that no field knows.

    More than one column may belong to ``links``, ``code`` and ``stars``.

    Args:
        names: the plain text of the header's cells.
        more: names that a list uses beside the known ones, by field.

    >>> assign(["**No.**", "Paper / 论文", "GPU", "链接"])
    ('id', 'title', None, 'links')
    >>> assign(["Title", "Paper", "Rang"], {"stars": ["Rang"]})
    ('title', 'links', 'stars')

    """
    parts = [*map(_parts, names)]
    fields: list[Field | None] = [None] * len(names)
    for whole in (True, False):
        for field, known in _PLACES.items():
            if field in fields and field not in _MANY:
                continue
            if more and field in more:
                known = _places((*map(_normal, more[field]), *_NAMES[field]))
            found = []
            for column, own in enumerate(parts):
                if fields[column] is None and (len(own) == 1) == whole:
                    places = [_place(part, known) for part in own]
                    named = [place for place in places if place is not None]
                    if named and (field in _IN_PARTS or len(named) == len(places)):
                        found.append((min(named), column))
            found.sort()
            for _, column in found if field in _MANY else found[:1]:
                fields[column] = field
    return tuple(fields)


def is_name(name: str) -> bool:
    """Whether a column holds the names of what its papers are about.

    >>> is_name("Model"), is_name("Score")
    (True, False)
    """
    return _normal(name) in _NAME_COLUMNS
