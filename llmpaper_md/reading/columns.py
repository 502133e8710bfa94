"""What a column means, by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, get_args
from unicodedata import normalize

from ..setting_types import TableOf, Texts

Field = Literal[
    "id", "stars", "title", "introduction", "authors", "year", "date", "venue", "code", "links"
]
FIELDS: tuple[Field, ...] = get_args(Field)

# Names as `_normal` makes them. Of a field's names an earlier one wins over a later one, so
# that in a table with both, Title is the title and Paper a column of links.
_NAMES: dict[Field, tuple[str, ...]] = {
    "title": (
        *("title", "papertitle", "titleofpaper", "papername", "论文标题", "论文题目"),
        *("论文名称", "论文名", "标题", "题目", "題目", "题名", "论文英文标题", "英文标题"),
        *("中文标题", "論文標題", "標題", "paper", "papers", "researchpaper", "论文", "論文"),
        *("文章名称", "文章标题", "文章题目", "文献名称", "文献标题", "文章名", "titles"),
        *("文章", "文献", "article", "articles", "publication", "publications"),
    ),
    "id": (
        *("id", "no", "nr", "sno", "srno", "slno", "sn", "num", "number", "index", "#", "n°"),
        *("paperid", "编号", "序号", "论文编号", "論文編號", "论文序号", "編號", "序號"),
    ),
    "stars": (
        *("stars", "star", "rating", "rate", "importance", "recommendation", "recommend"),
        *("recommended", "recom", "星级", "重要程度", "重要性", "重要度", "推荐", "推荐度"),
        *("推荐指数", "推荐程度", "推荐等级", "推荐星级", "评分", "评级", "星級", "推薦"),
        *("⭐", "★", "🌟"),
    ),
    "introduction": (
        *("introduction", "intro", "abstract", "summary", "description", "notes", "note"),
        *("comment", "comments", "tldr", "keyidea", "highlights", "remarks", "remark"),
        *("shortdescription", "briefdescription", "briefintroduction", "mainidea", "takeaway"),
        *("takeaways", "contribution", "contributions", "keycontribution", "keycontributions"),
        *("简介", "介绍", "说明", "摘要", "备注", "描述", "笔记", "解读", "简要介绍", "内容简介"),
        *("论文简介", "论文摘要", "概述", "概要", "主要内容", "内容", "一句话总结", "一句话介绍"),
        *("核心贡献", "主要贡献", "贡献", "总结", "要点", "简评", "簡介", "介紹", "說明", "備註"),
    ),
    "authors": (
        *("authors", "author", "作者", "论文作者", "firstauthor", "1stauthor", "leadauthor"),
        *("authorlist", "firstauthors", "第一作者", "一作", "作者列表", "作者團隊", "作者团队"),
    ),
    "year": ("year", "年份", "年", "发表年份", "發表年份", "pubyear", "publicationyear"),
    "date": (
        *("date", "time", "published", "publishdate", "publisheddate", "publicationdate"),
        *("release", "releasedate", "pubdate", "submitted", "submissiondate", "日期"),
        *("发表日期", "发布日期", "提交日期", "时间", "发表时间", "发布时间", "發表時間"),
        *("更新日期", "更新时间", "上线时间", "出版日期", "出版时间", "updated", "updatedate"),
        *("lastupdated", "dateofpublication", "submitdate", "arxivdate", "yearmonth", "month"),
    ),
    "venue": (
        *("venue", "conference", "journal", "conf", "pub", "publisher", "publishedin"),
        *(
            "收录",
            "收录会议",
            "收录情况",
            "acceptedat",
            "accepted",
            "发表于",
            "发表在",
            "录用",
            "venues",
        ),
        *("pubvenue", "publicationvenue", "jc", "confjournal", "publishedat"),
        *("proceedings", "会议", "会议名称", "期刊", "期刊名称", "刊名", "发表", "发表会议"),
        *("发表期刊", "会议期刊", "出处", "來源", "来源", "publication", "publications"),
    ),
    "code": (
        *("code", "codes", "github", "repo", "repository", "sourcecode", "implementation"),
        *("officialcode", "codelink", "codeurl", "githublink", "githuburl", "githubrepo"),
        *("repourl", "repositoryurl", "代码", "代码地址", "代码链接", "代码仓库", "github链接"),
        *("github地址", "源码", "开源", "开源代码", "开源地址", "代碼", "開源", "原始碼"),
    ),
    "links": (
        *("link", "links", "url", "urls", "pdf", "arxiv", "arxivid", "arxivlink", "arxivurl"),
        *("paperlink", "paperurl", "paperpdf", "pdflink", "preprint", "linktopaper", "doi"),
        *("doilink", "doiurl", "链接", "链接地址", "原文链接", "原文", "论文链接", "地址"),
        *("论文地址", "pdf链接", "arxiv链接", "鏈接", "連結", "paper", "papers", "论文", "論文"),
    ),
}
# The same in French, German, Italian, Japanese, Korean, Portuguese, Russian and Spanish.
_ABROAD: dict[Field, str] = {
    "title": """
        titre titel titolo título titulo название заголовок статья artículo artigo
        論文タイトル タイトル 論文題目 論文名 논문제목 제목 논문명 논문
    """,
    "id": "numéro nummer número numero номер 番号 論文番号 번호",
    "stars": """
        étoiles évaluation sterne bewertung valutazione estrelas avaliação оценка рейтинг
        valoración estrellas 評価 おすすめ おすすめ度 별점 평점 추천
    """,
    "introduction": """
        résumé remarques beschreibung zusammenfassung notizen anmerkungen bemerkungen
        descrizione riassunto 要約 説明 備考 メモ コメント 설명 요약 소개 초록 비고
        descrição resumo notas описание аннотация заметки примечания комментарий
        descripción resumen
    """,
    "authors": "auteurs auteur autoren autor autori autore autores авторы автор 著者 저자",
    "year": "année jahr anno ano год año 発表年 発行年 出版年 年度 연도 년도 발표연도",
    "date": "datum дата fecha 日付 発表日 公開日 날짜 게재일 발표일",
    "venue": """
        conférence revue konferenz zeitschrift tagung conferenza rivista conferência revista
        конференция журнал conferencia 会議 会議名 学会 学会名 ジャーナル 학회 저널 학술지
    """,
    "code": "codice código код コード 実装 코드 깃허브",
    "links": "lien liens ссылка ссылки enlace enlaces リンク 論文リンク 링크 논문링크",
}
_ALL_NAMES = {field: (*names, *_ABROAD[field].split()) for field, names in _NAMES.items()}


def _places(names: Sequence[str]) -> dict[str, int]:
    """The first place of each name."""
    return {name: place for place, name in reversed([*enumerate(names)])}


_PLACES = {field: _places(names) for field, names in _ALL_NAMES.items()}
_MANY: frozenset[Field] = frozenset({"links", "code", "stars"})
"""Fields that more than one column can belong to."""
_IN_PARTS: frozenset[Field] = frozenset(
    {"title", "introduction", "authors", "venue", "links", "code"}
)
"""Fields that one part of a name is enough for: Code & Data. Of the others, all parts must be
names of the field: Year / 年份, but not Time (s)."""

# Columns that name the thing a paper is about; its title if the paper column has only "link".
_NAME_COLUMNS = frozenset(
    [
        "name",
        "model",
        "models",
        "method",
        "methods",
        "approach",
        "system",
        "systems",
        "project",
        "projects",
        "abbreviation",
        "acronym",
        "shortname",
        "algorithm",
        "tool",
        "dataset",
        "datasets",
        "benchmark",
        "benchmarks",
        "名称",
        "名字",
        "数据集",
        "简称",
        "缩写",
        "模型",
        "方法",
    ]
)

_NAME_ENDS = ("name", "names", "名称", "名字")

# Columns that lead to papers, and those whose words name papers and nothing else.
_PAPER_COLUMNS = frozenset(
    """
    paper papers pdf arxiv arxivlink arxivurl paperlink paperurl paperpdf pdflink preprint
    linktopaper doi doilink doiurl publication publications article articles reference references
    论文 论文链接 论文地址 原文 原文链接 pdf链接 arxiv链接 文献 論文 文章 논문
    """.split()
)
_PAPER_TITLES = frozenset(
    """
    papertitle titleofpaper papername researchpaper paper papers article articles publication
    publications 论文标题 论文题目 论文名称 论文名 論文標題 论文 論文 文章 文献 论文英文标题
    文章名称 文章标题 文章题目 文献名称 文献标题 文章名 論文タイトル 論文題目 論文名
    논문제목 논문명 논문
    """.split()
)
# Columns of tables that list no papers, where no row has any.
_OTHER_TABLES = frozenset(
    """
    metric metrics 指标 评价指标 deadline deadlines submissiondeadline abstractdeadline 截止日期
    截稿日期 notification user users contributor contributors issue issues pr prs pullrequest
    pullrequests 贡献者
    """.split()
)

_SEPARATOR = re.compile(r"[/&,，、|()（）\[\]]|\band\b|\bor\b|\bwith\b|和|与|及", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# What a name of two scripts is made of: 年份 Year, ⭐ Stars.
_SCRIPT = re.compile(r"[⭐★🌟]|[㐀-鿿]+|[^⭐★🌟㐀-鿿]+")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_DECORATION = re.compile(r"[^\w#°⭐★🌟]+|_")


def _normal(name: str) -> str:
    # Full-width letters are letters, and № is No.
    return _DECORATION.sub("", normalize("NFKC", name).casefold())


def _parts(name: str) -> list[list[str]]:
    """The parts of a name in normal form, each with the pieces of it that are in one script."""
    bare = _EMOJI.sub("", name)  # :link: Links, but not :star:
    name = bare if _normal(bare) else name
    parts = ([part, *_SCRIPT.findall(part)] for part in _SEPARATOR.split(name))
    found = [forms for part in parts if (forms := [*filter(None, map(_normal, part))])]
    if len(found) > 1 and all(len(forms[0]) == 1 for forms in found):
        return [["".join(forms[0] for forms in found)] * 2]  # J/C
    return found


def _place(part: Sequence[str], known: Mapping[str, int]) -> int | None:
    """The place of a part of a name, or else of all its pieces, among the names of a field."""
    if part[0] in known:
        return known[part[0]]
    places = [known[piece] for piece in part[1:] if piece in known]
    return min(places) if len(places) == len(part) - 1 else None


COLUMN_NAMES = TableOf(Texts(), lambda: FIELDS, "field")
"""The type of names of columns by field."""


def check_names(more: Mapping[Field, Sequence[str]]) -> None:
    """Make sure that names are lists of names by fields that there are.

    Raises:
        ConfigError: they are not.

    >>> check_names({"title": "Arbeit"})
    Traceback (most recent call last):
    llmpaper_md.errors.ConfigError: columns.title: expected a list of strings, found a string
    """
    COLUMN_NAMES.read(more, "columns")


def assign_fields(
    names: Sequence[str], more: Mapping[Field, Sequence[str]] | None = None
) -> tuple[Field | None, ...]:
    """The field that each column belongs to, None for those that no field knows.

    More than one column may belong to ``links``, ``code`` and ``stars``.

    Args:
        names: the plain text of the header's cells.
        more: names that a list uses beside the known ones, by field.

    >>> assign_fields(["**No.**", "Paper / 论文", "GPU", "链接"])
    ('id', 'title', None, 'links')
    >>> assign_fields(["Title", "Paper", "Rang"], {"stars": ["Rang"]})
    ('title', 'links', 'stars')

    """
    parts = [*map(_parts, names)]
    fields: list[Field | None] = [None] * len(names)
    for whole in (True, False):
        for field, known in _PLACES.items():
            if field in fields and field not in _MANY:
                continue
            if more and field in more:
                known = _places((*map(_normal, more[field]), *_ALL_NAMES[field]))
            found = []
            for column, own in enumerate(parts):
                if fields[column] is None and (len(own) == 1) == whole:
                    if not whole and _only_in_brackets(names[column], own, known):
                        continue  # Ann Lee et al. (paper): her scores
                    places = [_place(part, known) for part in own]
                    named = [place for place in places if place is not None]
                    if named and (field in _IN_PARTS or len(named) == len(places)):
                        found.append((min(named), column))
            found.sort()
            for _, column in found if field in _MANY else found[:1]:
                fields[column] = field
    return tuple(fields)


def _only_in_brackets(name: str, parts: Sequence[Sequence[str]], known: Mapping[str, int]) -> bool:
    """Whether a name of several words is a field's only by what is in its brackets."""
    bare = _IN_BRACKETS.sub("", name)
    if bare == name or len(bare.split()) < 2:
        return False
    return not any(_place(part, known) is not None for part in _parts(bare))


def names_paper(name: str, *, part: bool = False) -> bool:
    """Whether what a column links to is papers by its name, or by a part of it.

    >>> names_paper("论文地址"), names_paper("Paper (PDF)"), names_paper("Paper & Code")
    (True, True, False)
    >>> names_paper("Paper & Code", part=True)
    True
    """
    if part:
        return any(forms[0] in _PAPER_COLUMNS for forms in _parts(name))
    return _all_in(name, _PAPER_COLUMNS)


def names_publication(name: str) -> bool:
    """Whether a column holds publications, which may be titles or venues.

    >>> names_publication("Publication"), names_publication("Paper")
    (True, False)
    """
    return _normal(name) in ("publication", "publications")


def names_titles(name: str) -> bool:
    """Whether the words of a column are what papers are called, and not other things.

    >>> names_titles("文章名称"), names_titles("Title")
    (True, False)
    """
    return _all_in(name, _PAPER_TITLES)


def holds_date(name: str) -> bool:
    """Whether a column holds a date beside what else it holds.

    >>> holds_date("Publication with Date"), holds_date("Date"), holds_date("Publication")
    (True, False, False)
    """
    parts = _parts(name)
    return len(parts) > 1 and any(_place(part, _PLACES["date"]) is not None for part in parts)


def is_of_other_tables(name: str) -> bool:
    """Whether a column is one of tables that list no papers: deadlines, metrics.

    >>> is_of_other_tables("Submission Deadline"), is_of_other_tables("Issue & Pull Request")
    (True, True)
    """
    parts = _parts(name)
    return bool(parts) and all(part[0] in _OTHER_TABLES for part in parts)


@lru_cache(1024)
def _all_in(name: str, known: frozenset[str]) -> bool:
    parts = _parts(name)
    return bool(parts) and all(part[0] in known for part in parts)


def is_name(name: str) -> bool:
    """Whether a column holds the names of what its papers are about.

    >>> is_name("Model"), is_name("Score")
    (True, False)
    """
    return any(part[0] in _NAME_COLUMNS or part[0].endswith(_NAME_ENDS) for part in _parts(name))
