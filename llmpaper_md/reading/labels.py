"""Labels: texts of links that say what the link is, not what the paper is called."""

from __future__ import annotations

import re

from . import links
from .links import Link

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
NOT_LABEL = re.compile(r"[\W_]+")
"""What a label is compared without."""
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’]\d\d(?!\d)")
_ADDRESS = re.compile(r"[\w.-]+\.[a-z]+/\S*", re.IGNORECASE | re.ASCII)


def is_label(link: Link) -> bool:
    """Whether a link's text says what the link is, or is an address, identifier, year or venue."""
    words = NOT_LABEL.sub("", link.text.casefold())
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
