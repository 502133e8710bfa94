"""Labels: texts of links that say what the link is, not what the paper is called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from . import links
from .links import Link

Role = Literal["paper", "code", "other"]
"""What a label says that its link is: the paper, its code, or another thing about it."""

# Words that are labels alone, by what they say; those of "link" say nothing.
_WORDS: dict[Role | Literal["link"], str] = {
    "paper": """
        abs abstract acl arxiv ar5iv biorxiv cvf doi ieee openreview paper papers pdf preprint pub
        publication acm springer html fulltext manuscript thesis
        论文 原文 论文链接 论文地址 论文原文 原文链接 原文地址 論文 논문
    """,
    "code": """
        code codes github gitlab repo repository sourcecode src source implementation pytorch
        tensorflow torch jax keras caffe matlab mindspore paddle paddlepaddle
        reimplementation codelink githublink githubrepo
        代码 代码链接 代码地址 源码 开源代码 项目代码 код código コード 코드
    """,
    "other": """
        bib bibtex blog colab data dataset datasets demo doc docs documentation hf homepage
        huggingface modelscope leaderboard checkpoint checkpoints model models news note notes
        notebook poster project projectpage projectlink review reviews site slide slides summary
        supp supplement supplementary talk tutorial tweet twitter video videos web webpage website
        weights wiki youtube zhihu bilibili podcast ccf download downloads post
        项目 主页 项目主页 项目地址 项目链接 解读 官网 数据 数据集 视频 博客 知乎 论文解读 中文解读
        中文 中文版 笔记 新闻 下载 翻译 讲解 链接解读 模型
    """,
    "link": "link links url here page 链接 地址 link lien enlace ссылка リンク 링크",
}
_ROLES: dict[str, Role | None] = {
    word: None if role == "link" else role
    for role, words in _WORDS.items()
    for word in words.split()
}
# Words beside a label that make it no title: Official Code, to the paper, PDF version.
_BESIDE = frozenset(
    """
    a an and available coming comming full for in long my new of old only our please see short
    soon the this to version versions v material materials journal extended tech technical report
    version2 file official unofficial
    """.split()
)
# One of these must be in a label of several words: Video Models may be a title.
_CORE = frozenset(
    """
    arxiv bibtex blog code codes colab github gitlab html huggingface here homepage implementation
    link links openreview page paper pdf poster preprint project pytorch repo repository slides
    source supplementary supp tensorflow url video webpage website official unofficial doi
    """.split()
)
# What stands where nothing is known.
_NOTHING = frozenset(
    """
    tbd tba todo na none null nil nan notavailable soon comingsoon commingsoon inpreparation
    toappear unknown unavailable notyet notreleased 无 暂无 未知 待定 未公开 未开源
    """.split()
)
# Titles that say what kind of text the paper is, not what it is called.
_KINDS = frozenset(
    """
    techreport technicalreport report whitepaper modelcard systemcard techblog 技术报告 报告
    """.split()
)
_DASHES = " \t\n-–—―‐_/\\|.·~…*()[]（）×✗✘❌?？"
NOT_LABEL = re.compile(r"[\W_]+")
"""What a label is compared without."""
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’]\d\d(?!\d)")
_ADDRESS = re.compile(r"[\w.-]+\.[a-z]+/\S*", re.IGNORECASE | re.ASCII)
_REMEMBERED = 4096


def is_label(link: Link) -> bool:
    """Whether a link's text says what the link is, or is an address, identifier, year or venue."""
    return link.kind in ("bare", "autolink") or label_like(link.text)


@lru_cache(_REMEMBERED)
def label_like(text: str) -> bool:
    """Whether a text could only be a label: PDF, Official Code, arXiv 2023, 1706.03762."""
    words = NOT_LABEL.sub("", text.casefold())
    return (
        not words
        or words in _ROLES
        or words in _NOTHING
        or words in _KINDS
        or words.isdecimal()
        or _is_worded(text)
        or is_venue(text)
        or bool(_ADDRESS.fullmatch(text) or links.arxiv_id(text))
    )


def _is_worded(text: str) -> bool:
    """Whether each word is that of a label, or stands beside one."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return any(word in _CORE for word in words) and all(
        word in _ROLES or word in _BESIDE for word in words
    )


def is_venue(text: str) -> bool:
    """Whether a text names no more than where and when: arXiv 2023, CVPR'21 [pdf]."""
    return bool(_YEAR.search(text)) and all(
        word.casefold() in _ROLES or sum(map(str.isupper, word)) > 1 for word in _WORD.findall(text)
    )


@lru_cache(_REMEMBERED)
def says_none(text: str) -> bool:
    """Whether a text stands where nothing is known: TBD, N/A, -.

    >>> says_none("TBA"), says_none("-"), says_none("BERT")
    (True, True, False)
    """
    words = NOT_LABEL.sub("", text.casefold())
    return words in _NOTHING if words else not text.strip(_DASHES)


_PROMISES = frozenset(
    """
    tbd tba todo soon comingsoon commingsoon toappear inpreparation notreleased link paper pdf
    待定
    """.split()
)


def is_promise(text: str) -> bool:
    """Whether a text stands where a link to a paper should be: TBD, [link].

    >>> is_promise("Coming soon"), is_promise("N/A")
    (True, False)
    """
    return NOT_LABEL.sub("", text.casefold()) in _PROMISES


def role(text: str) -> Role | None:
    """What a link is by its label, None where the text is none or says nothing.

    >>> [role(text) for text in ("PDF", "Official Code", "Project Page", "Link", "Attention")]
    ['paper', 'code', 'other', None, None]
    """
    return _role(text) if text else None


@lru_cache(_REMEMBERED)
def _role(text: str) -> Role | None:
    bare = NOT_LABEL.sub("", text.casefold())
    if bare in _ROLES:
        return _ROLES[bare]
    if bare in _KINDS:
        return "paper"
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or not (_is_worded(text) or is_venue(text)):
        return "paper" if links.arxiv_id(text) else None
    found = {_ROLES[word] for word in words if word in _ROLES}
    # Project code is code, paper notes are no paper.
    order: tuple[Role, ...] = ("code", "other", "paper")
    return next((own for own in order if own in found), None)


@lru_cache(_REMEMBERED)
def names_kind(text: str) -> bool:
    """Whether a text only says what kind of text a paper is: Technical Report."""
    return NOT_LABEL.sub("", text.casefold()) in _KINDS
