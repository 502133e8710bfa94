from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.reading import links

NO_ARXIV_ID = [
    "https://arxiv.org/list/cs.CL/recent",
    "https://arxiv.org/abs/",
    "https://arxiv.org/a/vaswani_a_1",
    "https://notarxiv.org/abs/1706.03762",
    "https://example.org/arxiv.org/abs/1706.03762",
    "https://arxiv.org/abs/170.603762",
    "https://arxiv.org/abs/0309136",
    "https://www.semanticscholar.org/paper/x/1706.03762",
    "https://doi.org/10.1145/1706.03762",
    "https://zhuanlan.zhihu.com/p/1706.03762",
]
ARXIV_IDS = {
    "https://arxiv.org/abs/1706.03762": ("1706.03762", None),
    "http://www.arxiv.org/pdf/1706.03762": ("1706.03762", None),
    "arxiv.org/pdf/1706.03762v5.pdf": ("1706.03762", 5),
    "https://export.arxiv.org/abs/1706.03762v12": ("1706.03762", 12),
    "https://arxiv.org/html/2405.01234v2#S3": ("2405.01234", 2),
    "https://arxiv.org/abs/0704.0001": ("0704.0001", None),
    "https://arxiv.org/abs/cs/9605103v1": ("cs/9605103", 1),
    "https://arxiv.org/abs/math.GT/0309136": ("math.GT/0309136", None),
    "https://arxiv.org/abs/hep-th/9901001?context=math": ("hep-th/9901001", None),
    "https://ar5iv.labs.arxiv.org/html/1706.03762": ("1706.03762", None),
    "https://ar5iv.org/abs/1706.03762": ("1706.03762", None),
    "https://www.alphaxiv.org/abs/1706.03762": ("1706.03762", None),
    "https://huggingface.co/papers/1706.03762": ("1706.03762", None),
    "https://papers.cool/arxiv/1706.03762": ("1706.03762", None),
    "https://hf-mirror.com/papers/1706.03762": ("1706.03762", None),
    "https://www.semanticscholar.org/arxiv/1706.03762": ("1706.03762", None),
    "https://api.semanticscholar.org/arXiv:1706.03762v5": ("1706.03762", 5),
    "https://arxiv.org/abs/arXiv:cs/0112017": ("cs/0112017", None),
    "https://doi.org/10.48550/arXiv.1706.03762": ("1706.03762", None),
    "https://ARXIV.org/PDF/1706.03762.pdf": ("1706.03762", None),
    "arXiv:1706.03762v5": ("1706.03762", 5),
    "https://arxiv.org/1706.03762": ("1706.03762", None),
}


# arXiv's rules (info.arxiv.org/help/arxiv_identifier.html, "Understanding the arXiv identifier"):
# YYMM.number of four digits to 1412 and five from 1501, archive.SUBJECT/YYMMNNN before 0704, and vN.
ARXIV_SCHEME = {
    "0704.0001": ("0704.0001", None),  # the first one of the new scheme
    "0706.0001v1": ("0706.0001", 1),
    "1412.7878v2": ("1412.7878", 2),  # the last month of four digits
    "1501.00001": ("1501.00001", None),  # the first month of five
    "2412.99999v10": ("2412.99999", 10),
    "hep-th/9901001": ("hep-th/9901001", None),
    "hep-th/9901001v3": ("hep-th/9901001", 3),
    "math/0309136v1": ("math/0309136", 1),
    "math.GT/0309136": ("math.GT/0309136", None),
    "cond-mat.mes-hall/9901001": None,  # subject classes have two letters in identifiers
    "astro-ph/9204001": ("astro-ph/9204001", None),
    "cs/9301111": ("cs/9301111", None),
    "chao-dyn/9401001": ("chao-dyn/9401001", None),
    "0703.123": None,
    "1501.123456": None,
    "hep-th/990100": None,
    "hep-th/99010011": None,
}


@pytest.mark.parametrize(("name", "expected"), ARXIV_SCHEME.items())
def test_the_schemes_of_arxiv(name: str, expected: tuple[str, int | None] | None) -> None:
    found = expected and links.ArxivId(*expected)
    assert links.arxiv_id(f"https://arxiv.org/abs/{name}") == found
    assert links.arxiv_id(f"https://arxiv.org/pdf/{name}.pdf") == found
    assert links.arxiv_id(f"arXiv:{name}") == found
    assert links.arxiv_id_in_text(f"see arXiv:{name} [cs.CL]") == found


@pytest.mark.parametrize("url", NO_ARXIV_ID)
def test_leaves_alone_what_names_no_arxiv_paper(url: str) -> None:
    assert links.arxiv_id(url) is None


@pytest.mark.parametrize(("url", "expected"), ARXIV_IDS.items())
def test_finds_the_arxiv_id(url: str, expected: tuple[str, int | None]) -> None:
    assert links.arxiv_id(url) == links.ArxivId(*expected)


NO_DOI = [
    "https://arxiv.org/abs/2010.12345",
    "https://doi.org/",
    "https://a.org/v10.1/x",
    "10.1145/x",
]
DOIS = {
    "https://doi.org/10.1145/3292500.3330701": "10.1145/3292500.3330701",
    "http://dx.doi.org/10.1000/ABC(1)": "10.1000/abc(1)",
    "doi:10.1038/nature14539": "10.1038/nature14539",
    "https://dl.acm.org/doi/abs/10.1145/3292500.3330701": "10.1145/3292500.3330701",
    "https://link.springer.com/chapter/10.1007/978-3-030-58452-8_13": "10.1007/978-3-030-58452-8_13",
    "https://www.science.org/doi/10.1126/science.abc?download=true": "10.1126/science.abc",
    "https://onlinelibrary.wiley.com/doi/epdf/10.1111/x.1/pdf": "10.1111/x.1",
    "https://doi.org/10.1016%2Fj.x.2020.1": "10.1016/j.x.2020.1",
    "https://link.springer.com/article/10.1007/s1-1/fulltext.html": "10.1007/s1-1",
    "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf": (
        "10.1101/2020.01.01.123456"
    ),
    "https://www.biorxiv.org/content/10.1101/123456v1": "10.1101/123456",
    "https://www.medrxiv.org/content/10.1101/2020.01.01.20012345v1.full-text": (
        "10.1101/2020.01.01.20012345"
    ),
    "https://doi.org/10.1016/S0140-6736(20)30183-5": "10.1016/s0140-6736(20)30183-5",
    "https://doi.org/10.1002/(SICI)1%3C69::AID-ASI4%3E3.0": "10.1002/(sici)1<69::aid-asi4>3.0",
    "https://doi.org/10.1000/456%23789": "10.1000/456#789",
    "https://doi.org/10.1000%2F456%3F7?x=1": "10.1000/456?7",
    "https://a.org/?u=https%3A%2F%2Fdoi.org%2F10.1145%2F3292500": "10.1145/3292500",
    "https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_00638/119630/Lost-in-the": (
        "10.1162/tacl_a_00638"
    ),
    "https://academic.oup.com/bib/article/doi/10.1093/bib/bbad001/7000001": "10.1093/bib/bbad001",
    "https://doi.org/10.1093/bib/bbad001": "10.1093/bib/bbad001",
    "https://www.nature.com/articles/s41586-021-03819-2": "10.1038/s41586-021-03819-2",
    "https://www.nature.com/articles/nature14539.pdf": "10.1038/nature14539",
}


@pytest.mark.parametrize("url", NO_DOI)
def test_leaves_alone_what_names_no_doi(url: str) -> None:
    assert links.doi(url) is None


@pytest.mark.parametrize(("url", "expected"), DOIS.items())
def test_finds_the_doi(url: str, expected: str) -> None:
    assert links.doi(url) == expected


DOIS_IN_TEXT = {
    "10.1145/x": None,
    "doing 10.1145/x": None,
    "doi10.1145/x": None,
    "DOI 10.1145/1.2, 2019": "10.1145/1.2",
    "见doi.org/10.1145/1.2，dx.doi.org/10.1145/3": "10.1145/1.2",
    "dx.doi.org/10.1145/3": "10.1145/3",
    "doi: 10.1145/1.2见原文": "10.1145/1.2",
    "DOI：10.1145/1.2，见原文": "10.1145/1.2",
    "(doi:10.1016/S0140-6736(20)30183-5), 2020": "10.1016/s0140-6736(20)30183-5",
    "Nature, doi:10.1038/nature14539.": "10.1038/nature14539",
}


@pytest.mark.parametrize(("text", "expected"), DOIS_IN_TEXT.items())
def test_finds_a_doi_written_out(text: str, expected: str | None) -> None:
    assert links.doi_in_text(text) == expected


ARXIV_IN_TEXT = {
    "arXiv 2023.05": None,
    "arXiv 2023.12345": None,
    "arXivs 1706.03762": None,
    "1706.03762": None,
    "arXiv 1706.03762v5, 2017": "1706.03762",
    "arXiv preprint arXiv:1706.03762": "1706.03762",
    "doi:10.48550/arXiv.1706.03762": "1706.03762",
}


@pytest.mark.parametrize(("text", "expected"), ARXIV_IN_TEXT.items())
def test_finds_an_arxiv_id_written_out(text: str, expected: str | None) -> None:
    found = links.arxiv_id_in_text(text)
    assert (found and found.id) == expected


LONE = {
    "": None,
    "2": None,
    "2023.05": None,
    "2013.12345": None,
    "1706.03762 and more": None,
    "10.1/x": None,
    "1706.03762": "1706.03762",
    "1706.03762v5": "1706.03762",
    "cs/0112017": "cs/0112017",
    "10.1145/3292500.3330701": "10.1145/3292500.3330701",
}


@pytest.mark.parametrize(("text", "expected"), LONE.items())
def test_knows_an_identifier_that_is_all_of_a_text(text: str, expected: str | None) -> None:
    arxiv = links.lone_arxiv_id(text)
    assert (arxiv.id if arxiv else links.lone_doi(text)) == expected


REPOSITORIES = {
    "https://github.com": None,
    "https://github.com/topics/llm": None,
    "https://github.com/huggingface": None,
    "https://img.shields.io/github/stars/a/b": None,
    "https://github.com/a/b": "https://github.com/a/b",
    "http://www.github.com/a/b.git": "https://github.com/a/b",
    "https://github.com/a/b/blob/main/README.md#x": "https://github.com/a/b",
    "https://gitlab.com/a/b-c": "https://gitlab.com/a/b-c",
}


@pytest.mark.parametrize(("url", "expected"), REPOSITORIES.items())
def test_finds_the_repository(url: str, expected: str | None) -> None:
    assert links.repository(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://openreview.net/", None),
        ("https://openreview.net/group?id=ICLR.cc", None),
        ("https://openreview.net/forum?id=YicbFdNTTy", "YicbFdNTTy"),
        ("https://openreview.net/pdf?noteId=x&id=e2TBb5y0yFf", "e2TBb5y0yFf"),
    ],
)
def test_finds_the_openreview_id(url: str, expected: str | None) -> None:
    assert links.openreview_id(url) == expected


BARE = {
    "xhttp://a.b": [],
    "http://": [],
    "www.": [],
    "me@www.a.b": [],
    "见http://a.b/c，再": ["http://a.b/c"],
    "https://zhuanlan.zhihu.com/p/6115704013⽉中旬": ["https://zhuanlan.zhihu.com/p/6115704013"],
    "(http://a.b/c_(d)), http://e.f.": ["http://a.b/c_(d)", "http://e.f"],
    "https://a.b/https://c.d": ["https://a.b/", "https://c.d"],
    "https://web.archive.org/web/2020/https://c.d": [
        "https://web.archive.org/web/2020/https://c.d"
    ],
    "https://a.b/?u=https://c.d": ["https://a.b/?u=https://c.d"],
    "www.a.b/c 论文HTTPS://A.B": ["www.a.b/c", "HTTPS://A.B"],
    "http://a.b/c&amp;d&gt;": ["http://a.b/c&amp;d"],
    "ftp://a.b/c***": ["ftp://a.b/c"],
    "https://github.com/microsoft/LMOps[解读](x)": ["https://github.com/microsoft/LMOps"],
}


def bare_urls(text: str) -> list[str]:
    found, position = [], 0
    while position < len(text):
        span = links.bare_url_at(text, position, len(text))
        found += [span.cut(text)] if span else []
        position = span.end if span else position + 1
    return found


@pytest.mark.parametrize(("text", "expected"), BARE.items())
def test_a_bare_url_ends_where_the_url_ends(text: str, expected: list[str]) -> None:
    assert bare_urls(text) == expected


@given(st.text(alphabet="htps:/w.a()&;?!文*_10/"))
def test_reads_any_url_without_failing(url: str) -> None:
    for function in (links.arxiv_id, links.doi, links.openreview_id, links.repository):
        function("https://" + url)
    links.is_paper(url)
    for found in bare_urls(url):
        assert found.isascii()


# Each pair is one page under two addresses; then addresses that must stay apart.
ONE_PAGE = [
    ("https://arxiv.org/abs/1706.03762", "http://www.arxiv.org/pdf/1706.03762v5.pdf"),
    ("https://arxiv.org/abs/1706.03762", "https://huggingface.co/papers/1706.03762"),
    ("https://arxiv.org/abs/1706.03762", "https://doi.org/10.48550/arXiv.1706.03762"),
    ("https://arxiv.org/abs/math.GT/0309136", "https://arxiv.org/pdf/math.gt/0309136v1"),
    ("https://doi.org/10.1145/3292500", "https://dl.acm.org/doi/abs/10.1145/3292500"),
    ("https://openreview.net/forum?id=a1B", "https://openreview.net/pdf?id=a1B"),
    ("https://a.org/b", "HTTP://www.A.org:80/b/"),
    ("https://a.org", "https://user@a.org:443/#top"),
    ("https://a.org/b?p=2", "https://a.org/b?utm_source=x&p=2&fbclid=y"),
    ("https://www.bilibili.com/video/BV1", "https://bilibili.com/video/BV1/?vd_source=0a"),
    (
        "https://mp.weixin.qq.com/s?__biz=a==&mid=1&idx=2&sn=3&chksm=4&scene=21#wechat_redirect",
        "http://mp.weixin.qq.com/s?sn=3&__biz=a==&mid=1&idx=2&sharer_shareid=5#rd",
    ),
]
TWO_PAGES = [
    ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03763"),
    ("https://a.org/b", "https://a.org/B"),
    ("https://a.org/b?p=1", "https://a.org/b?p=2"),
    ("https://a.org/#/b", "https://a.org/#/c"),
    ("https://a.org:8080/", "https://a.org/"),
    ("https://openreview.net/forum?id=a1B", "https://openreview.net/forum?id=a1b"),
    ("https://mp.weixin.qq.com/s/abc", "https://mp.weixin.qq.com/s/abd"),
    ("https://youtube.com/watch?v=a&si=x", "https://youtube.com/watch?v=b&si=x"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PAGE)
def test_one_page_has_one_canonical_key(one: str, other: str) -> None:
    assert links.canonical(one) == links.canonical(other)


@pytest.mark.parametrize(("one", "other"), TWO_PAGES)
def test_two_pages_have_two_canonical_keys(one: str, other: str) -> None:
    assert links.canonical(one) != links.canonical(other)


@given(st.text(alphabet="htps:/w.a()&;?#!=文*_10/@"))
def test_makes_a_canonical_key_of_anything(url: str) -> None:
    links.canonical(url)
    links.canonical("https://" + url)
    assert links.tracking_parameters(links.without_tracking("https://" + url)) == ()
