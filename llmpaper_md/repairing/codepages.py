"""The single-byte code pages that UTF-8 text is misread through.

A page is its 256 characters as in Python's own codecs, so that no table is maintained by hand. What
matters for a repair is which bytes a page leaves undefined: those are the ones that get lost.
The ISO pages define the 32 bytes 80 to 9F as C1 controls; programs drop or replace these as others
do undefined bytes, so they count as undefined here, and may be kept.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from ..errors import ChannelError

UNDEFINED: Final = "\ufffe"
"""The entry of a decoding table for a byte without a character, as in Python's codecs."""

_CODECS: Final[dict[str, str]] = {
    "windows-1252": "cp1252",
    "windows-1254": "cp1254",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "windows-1258": "cp1258",
    "iso-8859-1": "iso8859_1",
    "iso-8859-2": "iso8859_2",
    "iso-8859-9": "iso8859_9",
    "iso-8859-15": "iso8859_15",
    "mac-roman": "mac_roman",
    "cp437": "cp437",
    "cp850": "cp850",
    "cp866": "cp866",
    "koi8-r": "koi8_r",
    "cp857": "cp857",
    "cp852": "cp852",
}

CODE_PAGES: Final = tuple(_CODECS)
"""Names of the pages, the more likely first: the order breaks ties between pages that fit
equally."""

_ALIASES: Final[dict[str, str]] = {
    "latin-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "l1": "iso-8859-1",
    "latin-2": "iso-8859-2",
    "latin2": "iso-8859-2",
    "latin-5": "iso-8859-9",
    "latin5": "iso-8859-9",
    "latin-9": "iso-8859-15",
    "latin9": "iso-8859-15",
    "macroman": "mac-roman",
    "macintosh": "mac-roman",
    "koi8r": "koi8-r",
    "ibm850": "cp850",
    "ibm866": "cp866",
}


@dataclass(frozen=True, slots=True)
class CodePage:
    """One single-byte code page.

    Attributes:
        name: its name here, such as ``windows-1254``.
        table: its 256 characters by byte, U+FFFE where the page has none.
        undefined: the bytes it leaves undefined (for the ISO pages: the C1 controls).
    """

    name: str
    table: str
    undefined: frozenset[int]


def page_name(name: str) -> str:
    """Find the name of a code page in this package.

    Args:
        name: any usual spelling, such as ``cp1254``, ``latin-1``, ``sloppy-windows-1252``.

    Returns:
        One of `CODE_PAGES`.

    Raises:
        ChannelError: no page has that name.

    Example:
        >>> page_name("cp1254"), page_name("ISO_8859-1"), page_name("sloppy-windows-1252")
        ('windows-1254', 'iso-8859-1', 'windows-1252')
    """
    plain = name.lower().replace("_", "-").strip(" ").removeprefix("sloppy-")
    plain = _ALIASES.get(plain, plain)
    for prefix, full in (("cp125", "windows-125"), ("iso8859", "iso-8859"), ("cp-", "cp")):
        if plain.startswith(prefix):
            plain = full + plain.removeprefix(prefix)
    if plain not in _CODECS:
        raise ChannelError(f"unknown code page {name!r}: use one of {', '.join(CODE_PAGES)}")
    return plain


@cache
def code_page(name: str) -> CodePage:
    """Read a code page from Python's codecs.

    Args:
        name: its name in any usual spelling, see `page_name`.

    Returns:
        The page.

    Raises:
        ChannelError: no page has that name.

    Example:
        >>> sorted(f"{byte:02X}" for byte in code_page("windows-1254").undefined)
        ['81', '8D', '8E', '8F', '90', '9D', '9E']
    """
    name = page_name(name)
    table = "".join(
        bytes([byte]).decode(_CODECS[name], "replace").replace("\ufffd", UNDEFINED)
        for byte in range(256)
    )
    undefined = {byte for byte in range(128, 256) if table[byte] == UNDEFINED}
    if name.startswith("iso-"):
        undefined.update(range(0x80, 0xA0))
    return CodePage(name, table, frozenset(undefined))
