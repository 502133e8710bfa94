"""Years and dates, as lists write them: 2024-08-02, 24.03, 202103, 4 Jan 21, 5/27/22."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as it is given: a year, and perhaps its month and day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """The date in the form of ISO 8601: 2024, 2024-08 or 2024-08-02."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier januar januari enero gennaio janeiro",
            "february feb février februar februari febrero febbraio fevereiro",
            "march mar mars märz maart marzo março",
            "april apr avril abril aprile",
            "may mai mei mayo maggio maio",
            "june jun juin juni junio giugno junho",
            "july jul juillet juli julio luglio julho",
            "august aug août augustus agosto",
            "september sep sept septembre septiembre settembre setembro",
            "october oct octobre oktober okt octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec décembre dezember dez diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_NAMED = r"(?P<name>[^\W\d_]{3,10})\.?"
_YEAR4 = r"(?P<year>(?:19|20)\d\d)"
_SHORT = r"['’‘]?(?P<short>\d\d)"
_NUMBER = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_GAP = r"\s{0,2}"
_SEPARATOR = r"[-–./,，\s]{1,3}"
# What a date is, the surest first. Between digits nothing of another number may stand.
_FORMS: tuple[str, ...] = (
    rf"{_YEAR4}{_GAP}[年년]{_GAP}(?:{_NUMBER}{_GAP}[月월]?{_GAP}(?:{_DAY}{_GAP}[日日号일]?)?)?",
    rf"{_YEAR4}{_GAP}[-–./]{_GAP}{_NUMBER}(?:{_GAP}[-–./]{_GAP}{_DAY})?",
    rf"{_YEAR4}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
    rf"{_YEAR4}(?P<month>0[1-9]|1[0-2])",
    rf"{_YEAR4}{_SEPARATOR}?{_NAMED}(?:{_GAP}{_DAY})?",
    rf"{_DAY}{_SEPARATOR}{_NAMED}{_SEPARATOR}(?:{_YEAR4}|{_SHORT})",
    rf"{_NAMED}{_GAP}{_DAY}{_SEPARATOR}(?:{_YEAR4}|'{_SHORT})",
    rf"{_NAMED}{_SEPARATOR}?(?:{_YEAR4}|{_SHORT})",
    r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?:"
    + _YEAR4
    + "|"
    + _SHORT
    + ")",
    rf"{_NUMBER}{_GAP}[-/.]{_GAP}{_YEAR4}",
)
# These alone are all of a text: elsewhere they are versions and sizes.
_WHOLE: tuple[str, ...] = (
    rf"(?P<short>\d\d)(?P<mark>[./-])(?P<month>0[1-9]|1[0-2])(?:(?P=mark){_DAY})?",
    r"(?P<short>\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
    r"(?P<short>1[0-8]|2[1-9])(?P<month>0[1-9]|1[0-2])",  # 2005 is a year
)
# 2023, 20230501, NeurIPS'23, but not arXiv:2005.14165.
_YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?(?!\d|\.\d{4})"
    r"|(?<!\d)['’‘](?P<short>\d\d)(?![A-Za-z\d])"
)
# CVPR 25, MICCAI23: the year of a venue; but no volume, page or number.
_VENUE_YEAR = re.compile(
    r"(?<![A-Za-z\d])(?P<venue>[A-Za-z]{0,20}[A-Z]{2,12})[ \-_]?(?P<short>\d\d)(?![\d.]|\w)"
)
_NO_VENUE = frozenset(["PP", "VOL", "NO", "CH", "CS", "PMLR", "LNCS", "PAGES", "ISSUE", "GPT"])
_CENTURY_BEGAN = 70
_LATEST_SHORT = 49
_DIGIT = re.compile(r"\d")


@cache
def _patterns(forms: tuple[str, ...]) -> list[Callable[[str], re.Match[str] | None]]:
    return [
        re.compile(rf"(?<![\w.])(?:{form})(?![^\W\d_]*\d|[./-]\d)", re.IGNORECASE).search
        for form in forms
    ]


def read_date(text: str, *, day_first: bool = False) -> PartialDate | None:
    """The first date in a text, or None where there is none that is clear.

    Args:
        text: plain text that is about when: a cell of dates.
        day_first: whether 4/5/22 is the fourth of May, as the rest of the list may say
            (see `is_day_first`); it is the fifth of April otherwise.

    >>> texts = ("2024-08-02", "24.03", "202103", "4 Jan 21", "Apr., 2024", "5/27/22", "2019年6月")
    >>> [read_date(text).iso for text in texts]
    ['2024-08-02', '2024-03', '2021-03', '2021-01-04', '2024-04', '2022-05-27', '2019-06']
    >>> read_date("CVPR 2019").iso, read_date("2023 Q4").iso, read_date("soon")
    ('2019', '2023', None)
    """
    if len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20"):
        return PartialDate(int(text))  # as most are
    if not _DIGIT.search(text):
        return None
    stripped = text.strip(" \t\n.,;()[]（）")
    for forms, whole in ((_WHOLE, True), (_FORMS, False)):
        for search in _patterns(forms):
            match = search(stripped)
            if match and (not whole or match.span() == (0, len(stripped))):
                found = _date(match, day_first=day_first)
                if found:
                    return found
    year = read_year(text)
    return PartialDate(year) if year else None


def _date(match: re.Match[str], *, day_first: bool) -> PartialDate | None:
    groups = match.groupdict()
    year = _full(groups.get("year"), groups.get("short"))
    if year is None:
        return None
    if groups.get("first"):
        first, second = int(groups["first"]), int(groups["second"])
        day_first |= first > 12 or groups["mark"] == "."
        day, month = (first, second) if day_first and second <= 12 else (second, first)
        return PartialDate(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    if groups.get("name"):
        named = _MONTHS.get(groups["name"].lower())
        if named is None:
            return None
        return PartialDate(year, named, int(groups["day"]) if groups.get("day") else None)
    month_text, day_text = groups.get("month"), groups.get("day")
    return PartialDate(
        year, int(month_text) if month_text else None, int(day_text) if day_text else None
    )


def _full(year: str | None, short: str | None) -> int | None:
    if year:
        return int(year)
    if short is None:
        return None
    number = int(short)
    if _LATEST_SHORT < number < _CENTURY_BEGAN:
        return None
    return number + (1900 if number >= _CENTURY_BEGAN else 2000)


def read_year(text: str, *, venue: bool = False) -> int | None:
    """The first year in a text, or None.

    Args:
        text: plain text.
        venue: whether the text names a venue, whose year may be two digits: CVPR 25.

    >>> [read_year(text) for text in ("CVPR 2019", "NeurIPS'23", "arXiv:2005.14165", "CVPR 25")]
    [2019, 2023, None, None]
    >>> read_year("CVPR 25", venue=True)
    2025
    """
    match = _YEAR.search(text)
    if match:
        return _full(match["year"], match["short"])
    if venue:
        for found in _VENUE_YEAR.finditer(text):
            if found["venue"].upper() not in _NO_VENUE:
                return _full(None, found["short"])
    return None


_DATE_AT_END = re.compile(
    r"(?<![\s,，(（])[\s,，(（]*+(?:[^\W\d_]{3,9}\.?,?\s*+)?(?:\d{1,2},?\s*+)?['’]?(?:(?:19|20)\d\d|\d\d\.\d\d)"
    r"(?:[-./年]\d{1,2}月?){0,2}[)）]?\s*+$"
)


def split_date(text: str) -> tuple[str, str]:
    """A text that ends with a date, and the date; which is empty where there is none.

    >>> split_date("Arxiv, Oct 2024"), split_date("ICML 2024"), split_date("NeurIPS")
    (('Arxiv', 'Oct 2024'), ('ICML', '2024'), ('NeurIPS', ''))
    """
    for match in _DATE_AT_END.finditer(text):
        word = re.match(r"[\s,，(（]*([^\W\d_]{3,9})", match[0])
        start = match.start()
        if word and word[1].lower() not in _MONTHS:
            start += word.end()
        return text[:start].strip(" ,，(（"), text[start:].strip(" ,，()（）")
    return text, ""


_NUMERIC = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d\d)\s*")


def is_day_first(texts: Iterable[str]) -> bool:
    """Whether the dates of a list such as 13/5/22 say that their day is first.

    >>> is_day_first(["4/5/22", "13/5/22"]), is_day_first(["4/5/22", "5/13/22"])
    (True, False)
    """
    matches = [match for text in texts if (match := _NUMERIC.fullmatch(text))]
    if any(int(match[3]) > 12 for match in matches):
        return False
    return any(int(match[1]) > 12 or match[2] == "." for match in matches)
