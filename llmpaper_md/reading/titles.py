"""Titles: which of a cell's words are the paper's name, and where its name leads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..source import SPACES
from . import links
from .inline import Inline
from .links import Link

# Link texts that say what the link is, not what the paper is called.
_LABELS = frozenset(
    """
    abs abstract acl arxiv blog ccf code colab data dataset demo doc docs github hf homepage
    html huggingface here link links model models notebook openreview page paper pdf poster
    preprint project projectpage publication repo review site slides source summary supp talk
    tweet url video web webpage website weights wiki youtube zhihu
    arxivlink codelink githublink githubrepo officialcode paperlink projectlink sourcecode
    论文 代码 链接 地址 项目 主页 解读 官网 数据 视频 博客 原文 知乎 中文 中文版
    论文链接 论文地址 原文链接 代码链接 代码地址 项目主页 项目地址 项目链接 论文解读 中文解读
    lien enlace ссылка код código 論文 リンク コード 링크 논문 코드
    """.split()
)
_NOT_LABEL = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’]\d\d(?!\d)")
_BRACKETED = re.compile(r"[\[(（【{]([^\[\](){}（）【】]*)[\])）】}]")
_ADDRESS = re.compile(r"[\w.-]+\.[a-z]+/\S*", re.IGNORECASE | re.ASCII)


def is_label(link: Link) -> bool:
    """Whether a link's text says what the link is, or is an address, identifier, year or venue."""
    words = _NOT_LABEL.sub("", link.text.casefold())
    return (
        not words
        or words in _LABELS
        or words.isdecimal()
        or link.kind in ("bare", "autolink")
        or _is_venue(link.text)
        or bool(_ADDRESS.fullmatch(link.text) or links.arxiv_id(link.text))
    )


def _is_venue(text: str) -> bool:
    """Whether a text names no more than where and when: arXiv 2023, CVPR'21 [pdf]."""
    return bool(_YEAR.search(text)) and all(
        word.casefold() in _LABELS or sum(map(str.isupper, word)) > 1
        for word in _WORD.findall(text)
    )


def title_links(cell: Inline) -> list[Link]:
    """The links whose words can be a title: no images, badges or labels."""
    return [link for link in _worded(cell) if not is_label(link)]


def _worded(cell: Inline) -> list[Link]:
    """The links with words of their own: no images, nor badges, whose words are an image's."""
    if len(cell.links) == 1:  # as in most cells: it holds no other
        return [link for link in cell.links if link.kind != "image"]
    behind = [*cell.links[1:], None]  # what a link holds stands behind it in their order
    return [
        link
        for link, inner in zip(cell.links, behind, strict=False)
        if link.kind != "image"
        and not (
            inner
            and inner.kind == "image"
            and inner.span.end <= link.span.end
            and inner.text == link.text
        )
    ]


def says_nothing(cell: Inline) -> bool:
    """Whether a title cell has no title, but links such as ``[link](…)`` or signs alone."""
    return not _NOT_LABEL.sub("", _without_labels(cell)) or not _NOT_LABEL.sub("", read_title(cell))


def _without_labels(cell: Inline) -> str:
    """The cell's text less links such as ``[[code](…)]``."""
    text = cell.text
    if len(title_links(cell)) == len(cell.links):
        return text
    # The plain text leaves the words of badges out already.
    labels = [link.text for link in _worded(cell) if is_label(link)]
    for label in filter(None, labels):
        before, found, after = text.rpartition(label)
        text = before + after if found else text
    text = _BRACKETED.sub(lambda match: match[0] if _NOT_LABEL.sub("", match[1]) else "", text)
    return "\n".join(line.strip(" \t,;|/-·") for line in text.split("\n"))


def read_title(cell: Inline) -> str:
    """The plain title in a title cell: its first line, less links that are no title."""
    lines = (line.strip(SPACES) for line in (_without_labels(cell) + "\n" + cell.text).split("\n"))
    return next(filter(None, lines), "")


def main_url(title: Inline, link_cells: Sequence[Inline]) -> str | None:
    """Where the title leads; failing that, the first link that a column of links has."""
    if titled := title_links(title):
        return titled[0].url
    rest = [
        link.url
        for cell in (title, *link_cells)
        for link in cell.links
        if link.kind != "image" and link.url
    ]
    return next(filter(links.is_paper, rest), None) or next(iter(rest), None)
