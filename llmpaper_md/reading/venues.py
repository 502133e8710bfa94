"""Venues: where and when a paper appeared, as the words after a title name it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Those that are often named without a year.
_KNOWN = frozenset(
    """
    aaai aacl aaclijcnlp acl aclfindings aclijcnlp acmmm aistats alt apsipa arxiv arxivpreprint
    asplos asru
    bigdata biorxiv bmvc ccs chi cikm cgf cogsci coling colm colt conll corl corr cscw cvpr cvprw
    dac dasfaa eacl eccv eccvw ecir ecml ecmlpkdd elife emnlp emnlpfindings esec eurosys eurosp fast
    fat facct fg focs fse gecco globecom hotnets hpca hpdc icaif icann icarcv icassp icc iccad iccv
    iccvw icdar icde icdm icip icis iclr iclrw icme icml icmlw icmr icnn icpr icra icse icsme icws
    ieee ieeeaccess iisr ijcai ijcnn ijcv imc infocom interspeech iros isbi isca iscas isit ismir
    ispd issta itsc iui iwslt jair jmlr kdd lrec lreccoling mass mdpi medrxiv metro miccai micro
    middleware midl mlsys mm mobicom mobihoc mobisys naacl naaclhlt nature ndss neurips neuripsw
    nips nsdi oopsla openreview osdi pakdd pami pieee pldi pnas podc popl ppopp preprint prl pr
    recsys rss sc science sensys sigcomm siggraph siggraphasia sigir sigmod signll slt socc soda
    sosp spie ssrn stoc tacl tai taslp tcsvt tdsc tgrs tifs tip tist tits tkdd tkde tlt tmi tmlr tmm
    tnnls toc tochi tog tois tosem tpami tpds tro tsc tse tsmc tvcg uai uist umap usenix
    usenixsecurity vldb wacv wacvw websci wmt wsdm wsdom www
    techreport technicalreport techrxiv phdthesis 预印本
    """.split()
)
_NOT_WORD = re.compile(r"[\W_\d]+")
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTH = re.compile(rf"\b{_MONTHS}", re.IGNORECASE)
# A year, with the month and day that belong to it.
_WHEN = re.compile(
    rf"""
    (?: (?:\b\d{{1,2}}(?:st|nd|rd|th)?\s+)?
        \b{_MONTHS} \s* (?:\d{{1,2}}(?:st|nd|rd|th)?\b)? [\s,’']* )?
    (?: (?<![\d.:/]) (?P<year>(?:19|20)\d\d) (?!\d)
        (?: [./年-]\s?\d{{1,2}}(?!\d)
            (?: 月 (?:\s?\d{{1,2}}日)? | [./-]\s?\d{{1,2}}(?!\d) )? )? (?!\.?\d)
      | (?<=[^\W\d_]) \s? ['’‘] \s? (?P<short>\d\d) (?!\d)
      | (?<=\s) ['’‘] (?P<spaced>\d\d) (?!\d)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HYPHENED = re.compile(r"\W*([^\W\d_]+)-(\d\d)\W*")
_ARXIV = re.compile(r"\barxiv:\s?(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?:19|20)\d\d|['’‘]\s?\d\d")
# What a venue has after the year: ACL'23 Findings.
_TRACK = re.compile(
    r"\s*(Findings?|Workshops?|Demos?|Industry(?: Track)?|Main|Short|Long|D&B"
    r"|Datasets? and Benchmarks?|Datasets (?:&|and) Benchmarks(?: Track)?)\b",
    re.IGNORECASE,
)
_EDGES = " \t,.;:|/-–—()[]{}（）【】<>·*_“”\"'"
_INTRODUCES = re.compile(
    r"(?:^|(?<=\s))"
    r"(?:In:?|in|Proc\.(?: of)?|Published (?:in|at)|Accepted (?:by|to|at))\s+(?:the\s+)?"
)
# What is asked of the same words several times is remembered.
_CACHED = 2048
_MAX_WORDS = 12
_CAPITAL = re.compile(r"[^\W\d_a-z]")


class Appearance(NamedTuple):
    """A venue and when a paper appeared there, and which part of the text that is.

    ``venue`` is empty where only a year is named, ``date`` where no more than a year is.
    """

    venue: str
    year: int | None
    start: int
    end: int
    date: str = ""


def is_known_venue(text: str) -> bool:
    """Whether a text is the name of a venue, or of a place of preprints, that lists often use.

    >>> is_known_venue("NeurIPS"), is_known_venue("Preprint."), is_known_venue("Pebbles")
    (True, True, False)
    """
    name = _NOT_WORD.sub("", text.casefold())
    return name in _KNOWN or name.removesuffix("findings").removesuffix("workshop") in _KNOWN


@lru_cache(_CACHED)
def read_appearance(text: str) -> Appearance | None:
    """Where and when a text that is cut at brackets and dashes says that a paper appeared.

    >>> read_appearance(". arXiv, 2022")
    Appearance(venue='arXiv', year=2022, start=2, end=13, date='')
    >>> read_appearance(" ACL'23 Findings")[:2], read_appearance("11 Jul 2021")[:2]
    (('ACL Findings', 2023), ('', 2021))
    >>> read_appearance("no year in here")
    """
    hyphened = _HYPHENED.fullmatch(text)
    if hyphened and is_known_venue(hyphened[1]):
        return Appearance(hyphened[1], _century(int(hyphened[2])), *hyphened.span(0))
    if arxiv := _ARXIV.search(text):
        # An identifier says where only if nothing else does.
        found = read_appearance(text.replace(arxiv[0], " " * len(arxiv[0])))
        return found or Appearance("arXiv", None, *arxiv.span())
    match = _WHEN.search(text) if _DIGITS.search(text) else None
    if not match:
        name = text.strip(_EDGES)
        if name and is_known_venue(name):
            start = text.index(name)
            return Appearance(name, None, start, start + len(name))
        return None
    digits = match["year"] or match["short"] or match["spaced"]
    year = int(digits) if len(digits) == 4 else _century(int(digits))
    when = match[0].strip(_EDGES)
    date = when if match["year"] and when != digits else ""
    before = text[: match.start()].rstrip(_EDGES)
    start = _venue_start(before)
    venue = before[start:].strip(_EDGES)
    if not _is_venue(venue):
        venue, start = "", match.start()
    else:
        start = text.index(venue, start)
    end = match.end()
    if not venue:
        # 2023 ICML, 2023, ICML
        after = text[end:].lstrip(_EDGES).split(",")[0].rstrip(_EDGES)
        if after and is_known_venue(after):
            last = text.index(after, end) + len(after)
            return Appearance(after, year, match.start(), last, date)
    elif track := _TRACK.match(text, end):
        venue, end = f"{venue} {track[1]}", track.end()
    return Appearance(venue, year, start, end, date)


def _century(year: int) -> int:
    return year + (1900 if year >= 70 else 2000)


def _venue_start(before: str) -> int:
    """Where the venue begins in what is before the year: after a comma or a full stop."""
    if introduces := list(_INTRODUCES.finditer(before)):
        return introduces[-1].end()
    start = 0
    for match in re.finditer(r"[,;，。]\s*|(?<=[^\W\d_]{2})[.?!]\s+|(?<=[)\"”])\s+", before):
        start = match.end()
    return start


def _is_venue(text: str) -> bool:
    words = text.split()
    if not words or len(words) > _MAX_WORDS or not _CAPITAL.search(text):
        return bool(words) and is_known_venue(text)
    return not _MONTH.fullmatch(text) and "et al" not in text
