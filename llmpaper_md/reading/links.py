"""URLs, and the identifiers of papers and repositories inside them.

The grammar of arXiv identifiers is arXiv's own (https://info.arxiv.org/help/arxiv_identifier.html):
``YYMM.NNNN`` to 2014, ``YYMM.NNNNN`` from 2015, ``archive.SC/YYMMNNN`` to March 2007, each with
an optional version. DOIs follow the DOI Handbook (prefix ``10.``, a slash, any suffix).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..source import Span

LinkKind = Literal["inline", "reference", "image", "autolink", "bare", "html"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text.

    Attributes:
        text: plain text.
        url: as written, with escapes and entities resolved; nothing is percent-encoded.
        kind: how it is written.
        span: the whole construct in the source, in code points.
        cell: the plain name of its column, None outside the named columns.

    >>> from llmpaper_md import parse
    >>> parse("| Paper |\\n| - |\\n| [A](https://a.org) |").papers[0].links[0]
    Link(text='A', url='https://a.org', kind='inline', span=Span(start=18, end=36), cell='Paper')
    """

    text: str
    url: str
    kind: LinkKind
    span: Span
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An arXiv identifier without its version, and the version (from 1) or None.

    >>> from llmpaper_md import parse
    >>> text = "| Paper |\\n| - |\\n| [A](https://arxiv.org/abs/1706.03762v5) |"
    >>> parse(text).papers[0].arxiv
    ArxivId(id='1706.03762', version=5)
    """

    id: str
    version: int | None = None


_FLAGS = re.IGNORECASE | re.ASCII
_ARXIV_ID = (
    r"(?P<id>\d{4}\.\d{4,5}|(?!(?:abs|pdf|html|format)/)[a-z][a-z-]*(?:\.[a-z]{2})?/\d{7})"
    r"(?:v(?P<version>[1-9]\d{0,2}))?(?!\d)"
)
_SUBMITTED = re.compile(
    r"(?P<archive>[^/]+/)?(?P<year>\d\d)(?:0[1-9]|1[0-2])(?(archive)\d{3}|\.)", re.ASCII
)
_ARXIV_BEGAN = 91
_ARXIV_URL = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:arxiv\.org|ar5iv\.org|alphaxiv\.org|arxiv-vanity\.com"
    r"|papers\.cool/arxiv|scirate\.com|semanticscholar\.org(?=/arxiv[/:])"
    r"|(?:(?:huggingface|hf)\.co|hf-mirror\.com)/papers|doi\.org/10\.48550)"
    r"/(?:[\w-]+/|arxiv[.:])*?" + _ARXIV_ID,
    _FLAGS,
)
_LONE_ARXIV_ID = re.compile(r"(?!\d\d(?:00|1[3-9]|[2-9]))" + _ARXIV_ID, _FLAGS)
_ARXIV_TEXT = re.compile(
    r"\b(?:arxiv(?:\s*[:：]\s*|\.org/(?:abs|pdf)/|[ \t]+(?=\d\d(?:0[1-9]|1[0-2])\.))"
    r"|10\.48550/arxiv\.)" + _ARXIV_ID,
    _FLAGS,
)
_DOI_URL = re.compile(r"(?:https?:)?//[^/]+/.*?\b(?P<doi>10\.\d{4,9}(?:/|%2F)[^\s?#&\"]+)", _FLAGS)
# Written out, a DOI ends before Chinese that follows it without a space.
_DOI = r"(?P<doi>10\.\d{4,9}/[!-{}~]+)"
_DOI_TEXT = re.compile(r"\bdoi(?:\.org/|[\s:：]+)" + _DOI, _FLAGS)
_LONE_DOI = re.compile(_DOI, _FLAGS)
_DOI_TAIL = re.compile(
    r"(?:/(?:abstract|full|fulltext|epdf|pdf|html|meta)(?:\.pdf|\.html)?|\.pdf)$", _FLAGS
)
# Pages of bioRxiv and medRxiv have the version after the DOI, and what they show.
_RXIV_TAIL = re.compile(r"(?<=^10\.1101/)([\d.]+)v\d+(?:\.[a-z-]+)?$", _FLAGS)
# The platform of MIT Press and Oxford has a number of the article after it, and the title.
_SILVERCHAIR_TAIL = re.compile(r"(?<=^10\.1(?:162|093)/)(.+?)/\d{5,}(?:/[^/]*)?$", _FLAGS)
_NATURE = re.compile(r"https?://(?:www\.)?nature\.com/articles/(?P<id>[a-z]*\d[\w-]+)", _FLAGS)
_OPENREVIEW = re.compile(
    r"https?://(?:www\.)?openreview\.net/[a-z/]*(?<!group)\?(?:.*&)?id=(?P<id>[\w-]+)", _FLAGS
)
_REPOSITORY = re.compile(
    r"https?://(?:www\.)?(?P<host>github\.com|gitlab\.com|bitbucket\.org|gitee\.com)"
    r"/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+)",
    _FLAGS,
)
# Pages of GitHub itself, with names where others have an owner's.
_NOT_OWNERS = frozenset(
    ["topics", "orgs", "sponsors", "search", "collections", "marketplace", "features", "apps"]
)
# Where papers are published: domains, and paths where not all of a domain is.
_PAPER_DOMAINS = """
    aaai.org academic.oup.com aclanthology.org ar5iv.org arxiv.org biorxiv.org dblp.org
    dl.acm.org doi.org ecva.net eprint.iacr.org hal.science ieeexplore.ieee.org ijcai.org
    isca-archive.org isca-speech.org jmlr.org link.springer.com mdpi.com medrxiv.org neurips.cc
    nips.cc onlinelibrary.wiley.com openaccess.thecvf.com openreview.net pnas.org
    proceedings.mlr.press semanticscholar.org ssrn.com usenix.org
""".split()
_PAPER_PLACES = {
    **dict.fromkeys(_PAPER_DOMAINS, ""),
    "aclweb.org": "anthology",
    "huggingface.co": "papers/",
    "nature.com": "articles/",
    "osf.io": "preprints",
    "paperswithcode.com": "paper/",
    "science.org": "doi/",
    "sciencedirect.com": "science",
}
_ADDRESS = re.compile(r"(?:https?:)?//([^/?#]+)/?([^?#]*)", _FLAGS)


def arxiv_id(url: str) -> ArxivId | None:
    """The arXiv identifier that a URL (or ``arXiv:…``) names, or None.

    >>> arxiv_id("https://arxiv.org/pdf/2106.07139v3.pdf")
    ArxivId(id='2106.07139', version=3)
    >>> arxiv_id("https://arxiv.org/abs/cs/9605103")
    ArxivId(id='cs/9605103', version=None)
    >>> arxiv_id("https://arxiv.org/list/cs.CL/recent")
    """
    match = _ARXIV_URL.match(url) or _ARXIV_TEXT.match(url)
    return _arxiv(match) if match else None


_ARXIV_INSIDE = re.compile(r"arxiv\.org/+(?:abs|pdf|html)/+" + _ARXIV_ID, _FLAGS)


def arxiv_id_inside(url: str) -> ArxivId | None:
    """The arXiv identifier that an address names, though it is broken, or None.

    >>> arxiv_id_inside("httpshttps://arxiv.org/abs//1706.03762")
    ArxivId(id='1706.03762', version=None)
    """
    if found := arxiv_id(url):
        return found
    match = _ARXIV_INSIDE.search(url) if "arxiv.org" in url else None
    return _arxiv(match) if match else None


def lone_arxiv_id(text: str) -> ArxivId | None:
    """The arXiv identifier that is all of a text, or None.

    >>> lone_arxiv_id("1706.03762v5"), lone_arxiv_id("1799.03762")
    (ArxivId(id='1706.03762', version=5), None)
    """
    match = _LONE_ARXIV_ID.fullmatch(text)
    return _arxiv(match) if match else None


def arxiv_id_in_text(text: str) -> ArxivId | None:
    """The first ``arXiv:ID`` or address of one written out in plain text, or None.

    >>> arxiv_id_in_text("NeurIPS, arXiv: 1706.03762v5")
    ArxivId(id='1706.03762', version=5)
    """
    match = _ARXIV_TEXT.search(text)
    return _arxiv(match) if match else None


def _arxiv(match: re.Match[str]) -> ArxivId:
    version = match["version"]
    return ArxivId(match["id"], int(version) if version else None)


def arxiv_year(arxiv: ArxivId) -> int | None:
    """The year in which a paper was submitted to arXiv, which its identifier begins with.

    Identifiers with an impossible month have no year.

    >>> [arxiv_year(ArxivId(id)) for id in ("1706.03762", "cs/9605103", "1799.00001")]
    [2017, 1996, None]
    """
    match = _SUBMITTED.match(arxiv.id)
    if not match:
        return None
    year = int(match["year"])
    return (1900 if match["archive"] and year >= _ARXIV_BEGAN else 2000) + year


def doi(url: str) -> str | None:
    """The DOI that a URL (or ``doi:…``) names, in lower case as DOIs compare, or None.

    arXiv's own DOIs (10.48550/arXiv…) are arXiv identifiers here, not DOIs.

    >>> doi("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701")
    '10.1145/3292500.3330701'
    >>> doi("https://www.nature.com/articles/s41586-021-03819-2")
    '10.1038/s41586-021-03819-2'
    >>> doi("https://arxiv.org/abs/1706.03762")
    """
    if "10." in url:
        match = _DOI_URL.match(url) or _DOI_TEXT.match(url)
        if not match and "%" in url:  # all of another address, as an argument
            match = _DOI_URL.match(_unquote(url))
        if match:
            return _doi(match)
    match = _NATURE.match(url)
    return f"10.1038/{match['id'].removesuffix('.pdf').lower()}" if match else None


def lone_doi(text: str) -> str | None:
    """The DOI that is all of a text, in lower case, or None.

    >>> lone_doi("10.1038/NATURE14539"), lone_doi("10.1038/nature14539 (PDF)")
    ('10.1038/nature14539', None)
    """
    match = _LONE_DOI.fullmatch(text)
    return _doi(match) if match else None


def doi_in_text(text: str) -> str | None:
    """The first ``doi:NAME`` written out in plain text, in lower case, or None.

    >>> doi_in_text("Nature, DOI: 10.1038/nature14539.")
    '10.1038/nature14539'
    """
    match = _DOI_TEXT.search(text)
    return _doi(match) if match else None


def _doi(match: re.Match[str]) -> str | None:
    start, end = match.span("doi")
    name = _unquote(match.string[start : _trim(match.string, start, end)])
    name = _DOI_TAIL.sub("", name).rstrip("/.,;").lower()
    name = _SILVERCHAIR_TAIL.sub(r"\1", _RXIV_TAIL.sub(r"\1", name))
    return None if name.startswith("10.48550/arxiv.") else name


def _unquote(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote  # few need it

    return unquote(text)


def openreview_id(url: str) -> str | None:
    """The OpenReview forum identifier that a URL names, or None.

    >>> openreview_id("https://openreview.net/pdf?id=e2TBb5y0yFf")
    'e2TBb5y0yFf'
    """
    match = _OPENREVIEW.match(url)
    return match["id"] if match else None


def repository(url: str) -> str | None:
    """The address of the code repository that a URL points into, or None.

    >>> repository("https://github.com/Vision-CAIR/MiniGPT-4/tree/main#demo")
    'https://github.com/Vision-CAIR/MiniGPT-4'
    """
    match = _REPOSITORY.match(url)
    if not match or match["owner"].lower() in _NOT_OWNERS:
        return None
    name = match["name"].removesuffix(".git").rstrip(".")
    return f"https://{match['host'].lower()}/{match['owner']}/{name}" if name else None


@lru_cache(4096)
def is_paper(url: str) -> bool:
    """Whether a URL leads to a paper: by an identifier, or at a place that publishes papers.

    >>> is_paper("https://aclanthology.org/2020.acl-main.703/"), is_paper("https://github.com/a/b")
    (True, False)
    """
    if address := _ADDRESS.match(url):
        labels = address[1].lower().rsplit(".", 4)
        for count in range(2, len(labels) + 1):
            domain = ".".join(labels[-count:])
            if domain in _PAPER_PLACES and address[2].startswith(_PAPER_PLACES[domain]):
                return True
    return bool(arxiv_id(url) or doi(url))


# Zenodo and figshare give DOIs to data and code.
_DATA_DOI = re.compile(r"10\.(?:5281/zenodo|6084/m9\.figshare)\.", _FLAGS)


def is_data(url: str) -> bool:
    """Whether a URL is the DOI of data or code, not of a paper.

    >>> is_data("https://doi.org/10.5281/zenodo.4545599")
    True
    """
    return "10." in url and bool(_DATA_DOI.search(url))


TRACKING = re.compile(
    r"""
    utm_\w+ | pk_\w+ | hsa_\w+ | share_\w+ | sharer_\w+ | _hs(?:enc|mi)
  | spm | spm_id_from | vd_source | fbclid | gclid | dclid | yclid | msclkid | igshid | igsh
  | mc_cid | mc_eid | mkt_tok | ref_src | twclid | ttclid | gclsrc | wbraid | gbraid
    """,
    _FLAGS | re.VERBOSE,
)
"""Parameters of a URL that record where its reader came from, on any site."""
TRACKING_AT: dict[str, frozenset[str]] = {
    "mp.weixin.qq.com": frozenset(["chksm", "mpshare", "srcid"]),
    "bilibili.com": frozenset(["from_spmid", "seid", "unique_k", "buvid", "is_story_h5"]),
    "zhihu.com": frozenset(["utm", "s_r"]),
    "youtube.com": frozenset(["si", "feature"]),
    "youtu.be": frozenset(["si", "feature"]),
    "twitter.com": frozenset(["ref_url", "s"]),
    "x.com": frozenset(["ref_url", "s"]),
    "medium.com": frozenset(["source"]),
}
"""Parameters that do so at one site, its subdomains included."""
# What names an article of WeChat; the rest of its parameters lead nowhere else.
_WECHAT = ("__biz", "mid", "idx", "sn")
_PARTS = re.compile(r"(?:(?P<scheme>[a-z][a-z0-9+.-]*):)?//(?P<host>[^/?#]*)(?P<rest>.*)", _FLAGS)
_PORT = re.compile(r":(?:80|443)?$")
# What is asked about each URL of a file by one rule after another is remembered.
_CACHED = 4096
# A fragment that chooses the page, as in applications of one page: #/papers, #!papers.
_ROUTE = re.compile(r"[/!]")


@lru_cache(_CACHED)
def host(url: str) -> str:
    """The host of a URL in lower case, without user, ``www.`` and the default port, or "".

    >>> host("HTTPS://www.arXiv.org:443/abs/1706.03762")
    'arxiv.org'
    """
    match = _PARTS.match(url if "//" in url[:16] else f"//{url}")
    if not match:
        return ""
    return _PORT.sub("", match["host"].rpartition("@")[2].lower()).removeprefix("www.")


def is_at(own: str, *hosts: str) -> bool:
    """Whether a host is one of ``hosts`` or a subdomain of one.

    >>> is_at("zhuanlan.zhihu.com", "zhihu.com"), is_at("myzhihu.com", "zhihu.com")
    (True, False)
    """
    return any(own == known or own.endswith(f".{known}") for known in hosts)


def tracking_parameters(url: str) -> tuple[str, ...]:
    """The names of the parameters of a URL that only track its readers, in their order.

    >>> tracking_parameters("https://www.bilibili.com/video/BV1/?p=2&vd_source=0a&utm_id=1")
    ('vd_source', 'utm_id')
    """
    return tuple(name for name, _, tracks in _parameters(url) if tracks)


def without_tracking(url: str) -> str:
    """A URL without the parameters that track its readers; all else stays as it is.

    >>> without_tracking("https://www.bilibili.com/video/BV1/?p=2&vd_source=0a#t")
    'https://www.bilibili.com/video/BV1/?p=2#t'
    """
    parameters = _parameters(url)
    if not any(tracks for _, _, tracks in parameters):
        return url
    kept = "&".join(parameter for _, parameter, tracks in parameters if not tracks)
    before, _, fragment = url.partition("#")
    address = before.partition("?")[0]
    return f"{address}{'?' + kept if kept else ''}{url[len(before) :] if fragment else ''}"


def _parameters(url: str) -> list[tuple[str, str, bool]]:
    """Of each parameter: its name, the whole of it, and whether it tracks."""
    query = url.partition("#")[0].partition("?")[2]
    if not query:
        return []
    own = host(url)
    here = next((names for known, names in TRACKING_AT.items() if is_at(own, known)), frozenset())
    named = [(part.partition("=")[0], part) for part in query.split("&")]
    return [(name, part, name in here or bool(TRACKING.fullmatch(name))) for name, part in named]


@lru_cache(_CACHED)
def canonical(url: str) -> str:
    """A key that is the same for all URLs of one paper, or of one page.

    That is the arXiv identifier without its version, the DOI or the OpenReview identifier; of any
    other URL, the URL less what does not choose the page: scheme, ``www.``, default port, slash
    at the end, tracking parameters and fragment (a ``#/`` route stays). Paths keep their case.

    >>> canonical("http://arxiv.org/pdf/1706.03762v5.pdf"), canonical("https://dx.doi.org/10.1000/A")
    ('arxiv:1706.03762', 'doi:10.1000/a')
    >>> canonical("https://openreview.net/pdf?id=e2TBb5y0yFf")
    'openreview:e2TBb5y0yFf'
    >>> canonical("http://WWW.a.org:80/Papers/?utm_source=x&p=2#top")
    'a.org/Papers?p=2'
    """
    if arxiv := arxiv_id(url):
        return f"arxiv:{arxiv.id.lower()}"
    if name := doi(url):
        return f"doi:{name}"
    if forum := openreview_id(url):
        return f"openreview:{forum}"
    own = host(url)
    match = _PARTS.match(url)
    if not match or not own:
        return url
    address, _, fragment = without_tracking(url).partition("#")
    path, _, query = address[address.index("//") + 2 :].partition("?")
    path = path.partition("/")[2].rstrip("/")
    if own == "mp.weixin.qq.com" and "__biz=" in query:
        named = {name: part for name, part, _ in _parameters(url)}
        query = "&".join(named[name] for name in _WECHAT if name in named)
    key = own + (f"/{path}" if path else "") + (f"?{query}" if query else "")
    return f"{key}#{fragment}" if _ROUTE.match(fragment) else key


# What a URL may hold (RFC 3986), less the brackets, which begin Markdown links. Chinese and
# full-width text is never part of a URL here, though GitHub's autolinks run on into it.
BARE_URL_START = r"(?<![A-Za-z])((?:https?|ftp)://)|(?<![\w./@-])www\."
_URL_CHARACTERS = r"(?:[a-gi-z0-9_.~:/?#@!$&'()*+,;=%|-]|h(?!ttps?://))++"
_BARE_URL = re.compile(rf"(?:{BARE_URL_START}){_URL_CHARACTERS}", _FLAGS)
_INNER_URL = re.compile(rf"https?://{_URL_CHARACTERS}", _FLAGS)
_ARCHIVE = re.compile(r"web\.archive\.org/|archive\.(?:org|is|ph|today)/", _FLAGS)
_TRAILING = re.compile(r"(?:[?!.,:;*_~'\"|]|&[a-z0-9]+;)+$", _FLAGS)


def bare_url_at(text: str, start: int, end: int) -> Span | None:
    """The bare URL that begins at ``start`` in ``text[:end]``, or None.

    As in GFM (section 6.9), punctuation at the end does not belong to the URL, nor does a
    closing parenthesis that was not opened inside. Beyond GFM, a URL ends before any character
    that is not ASCII, and where another URL begins directly after it.

    >>> text = "代码https://github.com/a/b，见"
    >>> bare_url_at(text, 2, len(text)).cut(text)
    'https://github.com/a/b'
    """
    match = _BARE_URL.match(text, start, end)
    if not match:
        return None
    host = start + (len(match[1]) if match[1] else len("www."))
    stop = match.end()
    # Another URL inside is part of this one where it is an argument, or what an archive keeps.
    while inner := _INNER_URL.match(text, stop, end):
        if text[stop - 1] not in "=?&" and not _ARCHIVE.search(text, start, stop):
            break
        stop = inner.end()
    stop = _trim(text, start, stop)
    return Span(start, stop) if stop > host else None


def _trim(text: str, start: int, end: int) -> int:
    """The end of the URL at ``start`` without what GFM leaves out at its end."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        if text[end - 1] == ")" and surplus > 0:
            end, surplus = end - 1, surplus - 1
        elif trailing := _TRAILING.search(text, max(start, end - 64), end):
            end = trailing.start()
        else:
            break
    return end


def is_web(link: Link) -> bool:
    """Whether a link leads to a page of the web whose address is written out in full."""
    return link.kind != "image" and link.url[:8].lower().startswith(("http://", "https://"))
