"""``export --to html``: where the page goes, what it is made from, and what is said."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from llmpaper_md import parse
from llmpaper_md.cli import main
from llmpaper_md.errors import LLMPaperError
from llmpaper_md.page import html as page
from llmpaper_md.page.html import to_html
from tests.page.builders import GARBLED, LIST, REPAIRED, Page

Out = pytest.CaptureFixture[str]


def test_export_writes_a_page_beside_or_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my lists").mkdir()
    (tmp_path / "my lists" / "论文.md").write_text(LIST + "| 1 | A | x |\n", "utf-8")
    arguments = ["export", "--to", "html", "my lists/论文.md"]
    name = "%E8%AE%BA%E6%96%87.md"
    assert main(arguments) == 0
    assert f'href="{name}#L5"' in capsys.readouterr().out
    assert main([*arguments, "-o", "papers.html"]) == 0
    assert f'href="my%20lists/{name}#L5"' in Path("papers.html").read_text("utf-8")
    (tmp_path / "docs").mkdir()
    assert main([*arguments, "--output", "docs/papers.html"]) == 0
    assert f'href="../my%20lists/{name}#L5"' in Path("docs/papers.html").read_text("utf-8")
    assert main([*arguments, "-o", "none/papers.html"]) == 2
    assert "none/papers.html: cannot be written" in capsys.readouterr().err


def test_a_garbled_list_is_repaired_first(tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "papers.html"
    assert main(["export", "--to", "html", str(GARBLED), "-o", str(out)]) == 0
    assert capsys.readouterr().err == (
        f"{GARBLED}: restored from windows-1254, undefined bytes dropped, soft hyphens dropped\n"
        f"{GARBLED}: 1,255 damaged characters restored, 97 with a probability below 0.99\n"
    )
    html = out.read_text("utf-8")
    assert "1,255 restored characters, 97 of them uncertain" in html
    outside = html.index("Elsewhere in the file")
    assert len(re.findall("<mark[^>]* title=", html)) == 97
    assert "more restored" not in html[:outside]


def test_the_settings_of_the_list_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("| Nr | Arbeit |\n| - | - |\n| 1 | A |\n| 1 | B |\n| | |\n")
    Path("llmpaper-md.toml").write_text(
        "ignore = ['empty-row']\n[columns]\nid = ['Nr']\ntitle = ['Arbeit']"
    )
    assert main(["export", "--to", "html", "a.md"]) == 0
    html, said = capsys.readouterr()
    assert (html.count('id="L'), "duplicate-id" in html, "empty-row" in html) == (2, True, False)
    assert said == ""


def test_a_page_of_standard_input_has_no_links_to_it(
    capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = io.BytesIO((LIST + "| 1 | A | x |\n").encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(text))
    assert main(["export", "--to", "html", "-"]) == 0
    html = capsys.readouterr().out
    assert "from &lt;stdin&gt;" in html
    assert Page(html).links == set()


def test_a_page_does_not_take_the_place_of_its_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(LIST, "utf-8")
    assert main(["export", "--to", "html", "a.md", "-o", "./a.md"]) == 2
    assert "./a.md: is also an input file" in capsys.readouterr().err
    assert Path("a.md").read_text("utf-8") == LIST


def test_json_goes_to_a_file_too(tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "papers.json"
    assert main(["export", str(REPAIRED)]) == 0
    assert main(["export", str(REPAIRED), "-o", str(out)]) == 0
    assert capsys.readouterr().out == out.read_text("utf-8")


def test_a_page_is_of_one_file(tmp_path: Path, capsys: Out) -> None:
    for files in ([str(REPAIRED), str(REPAIRED)], [str(tmp_path)]):
        assert main(["export", "--to", "html", *files]) == 2
        assert capsys.readouterr() == ("", "llmpaper-md: --to html works with a single file\n")
    assert main(["export", "--to", "html", str(tmp_path / "none.md")]) == 2


def test_without_jinja_one_line_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    page._template.cache_clear()
    page._environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert main(["export", "--to", "html", str(GARBLED)]) == 2
    said = "an HTML page needs pip install 'llmpaper-md[html]'"
    assert capsys.readouterr() == ("", f"llmpaper-md: {said}\n")
    with pytest.raises(LLMPaperError, match="needs pip install"):
        to_html(parse(LIST))
