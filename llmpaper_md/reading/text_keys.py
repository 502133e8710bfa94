"""Keys that text has before what it says: ``Code: …``, ``作者：…``."""

from __future__ import annotations

from .document import PartField

_NAMES: dict[PartField, str] = {
    "authors": "author, authors, by, 作者",
    "venue": (
        "venue, publisher, conference, journal, published in, publication, published, "
        "published at, publication venue, source, 会议, 期刊, 发表"
    ),
    "year": "year, 年份",
    "date": "date, time, 日期, 时间, 发表时间, publication date",
    "title": "title, 题目, 标题, 论文题目, 论文标题",
    "code": (
        "code, github, repo, repository, source code, implementation, official code, 代码, "
        "代码地址, 开源代码, code link"
    ),
    "links": (
        "paper, papers, pdf, arxiv, link, links, url, doi, abs, paper link, 论文, 论文地址, "
        "论文链接, 链接, 地址, openreview"
    ),
    "introduction": (
        "abstract, summary, tl;dr, tldr, note, notes, description, overview, "
        "introduction, intro, 摘要, 简介, 介绍, 说明, 概述, 总结, 一句话总结"
    ),
}
KEYS: dict[str, PartField] = {
    key: field for field, names in _NAMES.items() for key in names.split(", ")
}
"""What is said after a key, in lower case."""
EXTRA_KEYS = frozenset(
    """
    affiliation affiliations blog category data dataset datasets demo homepage institution
    institutions key keyword keywords method model models project tag tags task tasks topic
    topics video website 主页 任务 关键词 单位 数据集 方法 机构 标签 项目
    """.split()
) | {"key words", "project page"}
"""Other keys, whose values are kept by name."""
