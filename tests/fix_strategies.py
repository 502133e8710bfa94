"""Texts that are hard on fixes: messy links, tables, controls, headings, one inside another.

`Writer` writes them, given what chooses: Hypothesis (`messy_lists`), or a `random.Random` where a
hundred thousand texts are wanted quickly.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

_T = TypeVar("_T")

# A control or space that nobody sees, or that is no space to Markdown.
INVISIBLE = (
    *("\u00ad", "\u200b", "\ufeff", "\u0080", "\u0085", "\u009f", "\u00a0", "\u2028", "\u2029"),
    *("\u200d", "\u200e", "\u202e", "\u2066", "\u2060", "\u3164", "\x07", "\x7f"),
)
SEPARATORS = ("", "", "", " ", " ", "  ", "\t", "，", "、", "。", "/", " - ", ", ", "\\", ":", "（")
WORDS = (
    *("BERT", "a survey", "GPT3", "T5", "of", "see", "2.5B", "x", "1", "28", "[1]", "(PDF)", "pdf"),
    *(
        "模型",
        "大模型的",
        "⼤模型",
        "论⽂",
        "⽂",
        "第2版",
        "模型GPT训练",
        "使用BERT的",
        "2023年3月",
    ),
    *(
        "ＢＥＲＴ：Pre",
        "ＧＰＴ",
        "２０２３",
        "モデルGPT",
        "한국어",
        "مدل",
        "नमस्ते\u200d",
        "ไทย\u200bคำ",
    ),
    *(
        "★★",
        "⭐",
        "⭐⭐⭐",
        "✡",
        "🌟",
        "☆",
        ":star:",
        "★\ufe0f",
        "*",
        "**",
        "***",
        "_",
        "~~",
        "`",
        "\\",
    ),
    *("中æ–‡", "Ã©tÃ©", "æˆ‘ä»¬", "ï¼Œ", "�", "&nbsp;", "&amp;", "&#124;", "<", ">", "<br>", "!"),
    *(
        "“词”",
        "《书》",
        "标题：",
        "注意！",
        "sk-****1234",
        "x**2",
        "|",
        "\\|",
        "[",
        "]",
        "(",
        ")",
        "()",
        "[]",
    ),
    *(
        "[ ]",
        "[x]",
        "[^1]",
        "[ref]",
        "[ref][]",
        "[text][ref]",
        "[text][no]",
        "![]()",
        "[]()",
        "（url）",
    ),
)
URLS = (
    *("https://arxiv.org/abs/1706.03762", "http://arxiv.org/abs/1706.03762v2", "https://a.org"),
    *("https://arxiv.org/pdf/1810.04805.pdf", "https://arxiv.org/pdf/2005.14165", "http://a.b/c"),
    *("https://github.com/a/b", "http://github.com/a/b?utm_source=x", "https://a.org/?spm=1&p=2"),
    *("https://www.bilibili.com/video/BV1/?vd_source=05&p=2", "https://a.org/论⽂", "www.a.org"),
    *("https://a.org/模型GPT/x", "https://zh.wikipedia.org/wiki/⼤模型BERT", "https://a.org/x，见"),
    *(
        "http://openai.com/x_y_z",
        "https://a.org/a_(b)",
        "https://a.org/(",
        "tba",
        "",
        "#模型",
        "#a",
    ),
    *("https://a.org/a b", "HTTP://ARXIV.ORG/abs/1706.03762", "mailto:a@b.c", "https://", "/x.md"),
    *("https://a.org/x\u200b", "https://a.org/\u00adx", "http://a.org/a|b", "https://a.org/a\\|b"),
    *(
        "https://doi.org/10.1000/a",
        "https://example.com/x",
        "https://a.org/x）",
        "<https://a.org/x>",
    ),
    *("https://a.org/x 'title'", 'http://arxiv.org/abs/1706.03762 "a ](b"', "https://a.org/x*y*"),
    "https://a.org/https://b.org/x",
)
COMMENTS = (
    "<!-- a -->",
    "<!-- llmpaper-md: ignore -->",
    "<!-- llmpaper-md: ignore invisible-character, link-text-spaces -->",
    "<!-- llmpaper-md: disable cjk-radical -->",
    "<!-- llmpaper-md: enable -->",
    "<!-- llmpaper-md: ignore empty-link -->",
)
HEADERS = (
    ("ID", "Paper"),
    ("ID", "Paper", "Notes"),
    ("Paper", "Link"),
    ("Paper",),
    ("序号", "论文", "星级", "介绍"),
    ("Title", "Stars", "Code"),
    ("x", "y"),
)


# Where brackets that do not match are among the words, what is a link is read in more than one way.
_AMBIGUOUS = frozenset("[]()\\`<>!*_~|&")


class Writer:
    """Writes a list, each choice made by ``choose``.

    If ``tame``, no links or code are begun and not ended, and none are inside one another: GitHub
    and llmpaper-md agree on what is a link.
    """

    def __init__(self, choose: Callable[[Sequence[_T]], _T], *, tame: bool = False) -> None:
        self._choose: Callable[[Sequence], object] = choose  # type: ignore[type-arg]
        self._tame = tame
        self._words = tuple(w for w in WORDS if not tame or _AMBIGUOUS.isdisjoint(w))
        self._urls = tuple(u for u in URLS if not tame or _AMBIGUOUS.isdisjoint(u) or u[0] == "<")
        self._separators = tuple(s for s in SEPARATORS if not tame or s not in ("\\", "（"))

    def choose(self, options: Sequence[_T]) -> _T:
        return self._choose(options)  # type: ignore[return-value]

    def often(self, times: int = 3) -> bool:
        """Yes, mostly."""
        return self.choose(range(times + 1)) > 0

    def rarely(self, times: int = 4) -> bool:
        return self.choose(range(times + 1)) == times

    def text(self) -> str:
        end = self.choose(("\n", "\n", "\n", "\r\n", "\r"))
        blocks: list[str] = []
        for _ in range(self.choose(range(1, 5))):
            blocks += (self.block(), "\n" if self.rarely() else "\n\n")
        if self.rarely():
            blocks.append(f"\n[ref]: {self.choose(self._urls)}\n")
        text = "".join(blocks)
        if self.rarely():
            text = text.rstrip("\n")
        if self.rarely(9):
            text = "\ufeff" + text
        return text.replace("\n", end)

    def block(self) -> str:
        kind = self.choose((self.table, self.table, self.table, self.paragraph, self.heading))
        if self.rarely(5):
            kind = self.choose((self.items, self.html, self.quote, self.code, self.torn))
        return kind()

    def paragraph(self) -> str:
        lines = [self.inline(4) for _ in range(self.choose((1, 1, 2, 3)))]
        return "\n".join(lines)

    def heading(self) -> str:
        number = self.choose(("", "1. ", "2.1", "2.1 ", "3.2.1", "1.2x", "5.1", "10.1"))
        before = self.choose(("", "", "", "1. ", "> "))
        return f"{before}{self.choose(('#', '##', '###'))} {number}{self.inline(2)}"

    def items(self) -> str:
        mark = self.choose(("- ", "* ", "1. ", "- [ ] "))
        return "\n".join(f"{mark}{self.inline(3)}" for _ in range(self.choose((1, 2, 3))))

    def quote(self) -> str:
        return "\n".join("> " + line for line in self.block().split("\n"))

    def code(self) -> str:
        return f"```\n{self.inline(3)}\n```"

    def html(self) -> str:
        start = self.choose(("<details><summary>x</summary>", "<div>", "<!--", "<p align=center>"))
        gap = self.choose(("\n", "\n\n"))
        end = "-->" if start == "<!--" else f"</{start[1:].partition('>')[0].partition(' ')[0]}>"
        return f"{start}{gap}{self.block()}{gap}{end}"

    def torn(self) -> str:
        """Two tables, or parts of one, with something between that may not belong there."""
        first, second = self.table(), self.rows(2, 2)
        between = self.choose(
            ("\n", "\n\n", f"\n{self.choose(COMMENTS)}\n", "\ntext\n", "\n\u200b\n")
        )
        return f"{first}{between}{second}"

    def table(self) -> str:
        names = self.choose(HEADERS)
        width = len(names)
        delimiters = width + (self.choose((-1, 1)) if self.rarely(8) else 0)
        head = self.row([*names]) + "\n" + "|" + " --- |" * max(delimiters, 1)
        before = f"{self.inline(1)}\n" if self.rarely(8) else ""
        return f"{before}{head}\n{self.rows(self.choose((0, 1, 2, 3, 4)), width, names)}"

    def rows(self, count: int, width: int, names: Sequence[str] = ()) -> str:
        rows = []
        for number in range(1, count + 1):
            short = self.choose((-1, 1)) if self.rarely(6) else 0
            cells = [
                self.cell(names[index] if index < len(names) else "", number)
                for index in range(max(width + short, 1))
            ]
            row = self.row(cells)
            if self.rarely(12):
                # Broken in the middle of a cell, or between two.
                row = row.replace(self.choose((" ", " | ")), self.choose(("\n", " |\n| ")), 1)
            rows.append(row)
            if self.rarely(15):
                rows.append(self.choose((*INVISIBLE, "text", "| |", "|", *COMMENTS)))
        return "\n".join(rows)

    def row(self, cells: Sequence[str]) -> str:
        body = " | ".join(cells) if self.often(5) else "|".join(cells)
        if self.rarely(8):
            return body
        return f"| {body} |" if self.often(5) else f"|{body}|"

    def cell(self, name: str, number: int) -> str:
        if name in ("ID", "序号") and self.often(5):
            stars = self.choose(("", "", "★", "★★", "⭐⭐", "***", "✡✡✡", ":star:", "☆★"))
            return f"{number}{self.choose(('', '', ' '))}{stars}"
        if name in ("Stars", "星级") and self.often():
            return self.choose(("★★★", "★", "⭐⭐", "☆☆★", "✡", "", "5", "*" * 3))
        if name and self.choose(range(4)):
            return self.link(1)
        return self.inline(2) if self.often(6) else ""

    def inline(self, depth: int) -> str:
        parts: list[str] = []
        for _ in range(self.choose((1, 1, 2, 2, 3, 4))):
            parts += (self.piece(depth), self.choose(self._separators))
        return "".join(parts[:-1])

    def piece(self, depth: int) -> str:
        if depth <= 0:
            return self.choose(self._words)
        kinds = (self.word, self.word, self.link, self.link, self.wrapped, self.hidden, self.bare)
        return self.choose(kinds)(depth)

    def word(self, depth: int) -> str:
        return self.choose(self._words) if self.often(8) else self.choose(COMMENTS)

    def bare(self, depth: int) -> str:
        url = self.choose(self._urls)
        if self._tame:
            return self.choose((url, url + self.choose(self._words), f"{url} "))
        return self.choose((url, url, f"<{url}>", url + self.choose(WORDS), url + self.link(depth)))

    def hidden(self, depth: int) -> str:
        inner = self.choose(INVISIBLE) * self.choose((1, 1, 2))
        return self.choose((inner, inner + self.piece(depth - 1), self.piece(depth - 1) + inner))

    def wrapped(self, depth: int) -> str:
        inner = self.inline(depth - 1) if self.often() else self.choose(INVISIBLE)
        if self._tame:
            inner = self.choose(self._words) if self.often() else self._tame_link("https://a.org/x")
            forms = (
                "**{}**",
                "*{}*",
                "**{}：**字",
                "字**“{}”**",
                "**{}****词**",
                "（{}）",
                "<b>{}</b>",
            )
            return self.choose(forms).replace("{}", inner)
        form = self.choose(
            (
                *(
                    "**{}**",
                    "**{}**",
                    "*{}*",
                    "~~{}~~",
                    "`{}`",
                    "<b>{}</b>",
                    "（{}）",
                    "“{}”",
                    "_{}_",
                ),
                *(
                    "**{}****词**",
                    "字**{}：**字",
                    "**{}** ",
                    "`` {} ``",
                    "<!-- {} -->",
                    "\\{}",
                    "<u>{}",
                ),
            )
        )
        return form.replace("{}", inner)

    def link(self, depth: int) -> str:
        url = self.choose(self._urls)
        if self._tame:
            return self._tame_link(url)
        if self.often():
            text = self.inline(depth - 1)
        else:
            text = self.choose((*INVISIBLE, "", " ", url, "论文", "pdf"))
        form = self.choose(
            (
                *("[{}]({})",) * 4,
                *("[ {}]({})", "[{} ]({})", "[ {} ]( {} )", "[{}] ({})", "[{}](<{}>)", "[{}({})"),
                *("[{}]({}", "[{}]（{}）", "（{}）[{}]", "i[{}]({})", "[[{}]]({})", "![{}]({})"),
                *(
                    "[![{}](a.png)]({})",
                    '<a href="{1}">{0}</a>',
                    "[{}][ref]",
                    "[{} ][ref]",
                    "[{0}]",
                ),
                *("[{0}]([ {1}]({1}))", "[{0}]([{1}]({1}))", "[{}]({} 'x')", "{}]({})", "[ ]({1})"),
                *('<img src="{1}" alt="{0}">', "[{0}](a)[b]({1})", "[**{}**]({})", "**[{} ]({})**"),
            )
        )
        if "{0}" in form or "{1}" in form:
            return form.replace("{0}", text).replace("{1}", url)
        return form.replace("{}", text, 1).replace("{}", url, 1)

    def _tame_link(self, url: str) -> str:
        text = self.choose(self._words) + self.choose((" ", "", "，")) + self.choose(self._words)
        forms = (
            *("[{}]({})", "[ {}]({})", "[{} ]({})", "[{}]( {} )", "[**{}**]({})", "**[{} ]({})**"),
            *(
                "i[{}]({})",
                "[[{}]]({})",
                "![{}]({})",
                "[![{}](a.png)]({})",
                "[{}][ref]",
                "[ {}][ref]",
            ),
            *("[{}](a)[b]({})", "（[{}]({})）", "“[{}]({} 'x')”"),
        )
        return self.choose(forms).replace("{}", text, 1).replace("{}", url, 1)


@st.composite
def messy_lists(draw: st.DrawFn) -> str:
    """A list that is hard on fixes."""
    return Writer(lambda options: draw(st.sampled_from(options))).text()


@st.composite
def tame_lists(draw: st.DrawFn) -> str:
    """The same, with all links as plain as GitHub reads them."""
    return Writer(lambda options: draw(st.sampled_from(options)), tame=True).text()


def random_list(seed: int, *, tame: bool = False) -> str:
    """A list for a number."""
    return Writer(random.Random(seed).choice, tame=tame).text()  # noqa: S311
