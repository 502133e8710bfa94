"""Names of files that are not UTF-8, or that no program expects, in every command and format."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.cli import main
from llmpaper_md.filenames import as_bytes, percent_encoded, quoted_as_in_c, quoted_for_shell
from llmpaper_md.linting.baseline import dump, load

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere file systems refuse such names"
)

NAMES = {
    "Latin-1": os.fsdecode("Modèles.md".encode("latin-1")),
    "GBK": os.fsdecode("论文.md".encode("gbk")),
    "bytes of UTF-8 cut short": os.fsdecode("论文".encode()[:-1] + b".md"),
    "a line end": "a\n# b\n.md",
    "a tab and quotation marks": "a\t\"b'\\.md",
    "controls": "\x1b]0;a\x07\x9b.md",
    "text turned around": "a\u202eb\u2028\x1b[31m.md",
    "spaces": "a b  c.md",
    "a command": "$(touch owned);`touch owned`.md",
    "Chinese": "论文 列表.md",
}
# Something to find, to fix and to format; and garbled.
LIST = "# A\n\n| ID | Paper |\n| - | ---\n| 1★ | [A ](https://arxiv.org/abs/1706.03762) |\n| | |\n"
GARBLED = LIST + "| 2★ | è®ºæ–‡ ä»‹ç» ä¸€ |\n"
COMMANDS = [
    "show FILE",
    "show --papers FILE",
    *(f"export --to {form} FILE" for form in ("json", "jsonl", "csv", "bibtex", "urls", "html")),
    "export --to html -o page.html FILE",
    "repair FILE",
    "repair --json FILE",
    "repair --diff FILE",
    "repair --check FILE",
    "repair --review review.toml --check FILE",
    "repair -i FILE",
    *(f"lint --output-format {form} FILE" for form in ("text", "json", "github", "sarif")),
    "lint --output-format text --full FILE",
    "lint --statistics FILE",
    "lint --output-format sarif --output-file report FILE",
    "lint --output-format text --output-file report FILE",
    "lint --diff FILE",
    "lint --fix FILE",
    "lint --write-baseline baseline.json FILE",
    "format FILE",
    "format --diff FILE",
    "format --check FILE",
    "format -i FILE",
    "normalize FILE",
    "normalize --diff FILE",
    "normalize -i FILE",
    "diff FILE other.md",
    "diff --output-format markdown FILE other.md",
    "diff --output-format json other.md FILE",
    "merge FILE other.md",
    "merge --json other.md FILE",
    "merge --diff FILE other.md",
    "merge -i FILE other.md",
    "render records.json -o FILE",
    "render records.json --into FILE",
    "render records.json --into FILE --diff",
    "lint --config FILE other.md",
    "lint --baseline FILE other.md",
    "lint --metadata FILE other.md",
    "repair --corrections FILE other.md",
    "show FILE/gone.md",
]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest, folder: Path) -> str:
    name = NAMES[request.param]
    Path(name).write_text(GARBLED, "utf-8")
    Path("other.md").write_text(LIST.replace("1706.03762", "1706.03763"), "utf-8")
    Path("records.json").write_text('[{"title": "B"}]')
    return name


def _run(capsysbinary: pytest.CaptureFixture[bytes], command: str, name: str) -> tuple[str, str]:
    assert main([part.replace("FILE", name) for part in command.split(" ")]) in (0, 1, 2)
    out, err = capsysbinary.readouterr()
    return out.decode(), err.decode()


@pytest.mark.parametrize("name", ["GBK", "a line end", "text turned around"], indirect=True)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command(capsysbinary: pytest.CaptureFixture[bytes], name: str, command: str) -> None:
    out, err = _run(capsysbinary, command, name)
    assert "Traceback" not in err
    assert "lone surrogate" not in err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", err)
    if "--to html" not in command and "--to csv" not in command:  # made for a file
        assert not re.search("[\x1b\x9b\u2028\u202e]", out)
    assert not Path("owned").exists()


@pytest.mark.parametrize("jobs", [[], ["-j2"]])
@pytest.mark.parametrize(
    "command",
    [
        ["lint", "--output-format", "json"],
        ["lint", "--output-format", "sarif"],
        ["lint", "--fix"],
        ["repair", "--diff"],
        ["format", "--diff"],
        ["normalize", "-i"],
    ],
    ids=" ".join,
)
def test_in_a_folder_and_by_several_processes(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes], command: list[str], jobs: list[str]
) -> None:
    for name in NAMES.values():
        Path(name).write_text(GARBLED, "utf-8")
    assert main([*command, *jobs, "."]) in (0, 1)
    out, err = capsysbinary.readouterr()
    assert b"Traceback" not in err
    out.decode()
    assert {path.name for path in folder.iterdir()} == set(NAMES.values())


def test_json_and_sarif_lead_back_to_the_file(
    capsysbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    out, _ = _run(capsysbinary, "export FILE", name)
    assert Path(json.loads(out)["source"]).is_file()
    out, _ = _run(capsysbinary, "lint --output-format json FILE", name)
    assert {finding["path"] for finding in json.loads(out)["findings"]} == {name}
    out, _ = _run(capsysbinary, "lint --output-format sarif FILE", name)
    for result in json.loads(out)["runs"][0]["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert unquote_to_bytes(uri) == os.fsencode(name)


def test_a_page_leads_to_its_list(capsysbinary: pytest.CaptureFixture[bytes], name: str) -> None:
    for command in ("export --to html FILE", "export --to html -o page.html FILE"):
        out, _ = _run(capsysbinary, command, name)
        page = out or Path("page.html").read_text("utf-8")
        addresses = set(re.findall('href="([^"#]+)#L', page))
        assert [unquote_to_bytes(address) for address in addresses] == [os.fsencode(name)]


def test_a_baseline_knows_its_findings_again(
    capsysbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    _run(capsysbinary, "lint --write-baseline baseline.json FILE", name)
    out, err = _run(capsysbinary, "lint --output-format text --baseline baseline.json FILE", name)
    assert (out, err) == ("No problems found in 1 file.\n", "")


@given(st.text(st.characters(), max_size=20))
def test_a_baseline_holds_any_name(name: str) -> None:
    text = dump([(name, "rule", "key")])
    assert load(text.encode().decode(), "x") == {(name, "rule", "key"): 1}


@pytest.mark.parametrize("tool", ["patch", "git"])
def test_a_diff_can_be_applied(
    capsysbinary: pytest.CaptureFixture[bytes], name: str, tool: str
) -> None:
    out, _ = _run(capsysbinary, "format --diff FILE", name)
    command = ["patch", "-p0"] if tool == "patch" else ["git", "apply", "-p0", "-"]
    try:
        done = subprocess.run(command, input=out.encode(), capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip(f"{tool} is not installed")
    if done.returncode and tool == "patch" and "\n" in name:
        return  # GNU patch refuses a name with a line end
    assert done.returncode == 0, done.stderr
    assert "| --- |" in Path(name).read_text("utf-8")


def test_a_review_names_a_command_that_can_be_copied(
    capsysbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    fixture = Path(__file__).parent.parent / "fixtures" / "README.garbled.md"
    Path(name).write_bytes(fixture.read_bytes())
    _run(capsysbinary, "repair --check --review review.toml FILE", name)
    text = Path("review.toml").read_text("utf-8")
    assert len(tomllib.loads(text)["character"]) > 1
    command = re.findall(
        "^#     llmpaper-md repair --corrections THIS_FILE (.*)$", text, re.MULTILINE
    )
    assert [_words(word) for word in command] == [[os.fsencode(name)]]
    assert main(["repair", "--check", "--corrections", "review.toml", name]) == 1
    assert not Path("owned").exists()


def _words(text: str) -> list[bytes]:
    """What a shell makes of the words of a command."""
    command = ["bash", "-c", f"printf '%s\\0' {text}"]
    return subprocess.run(command, capture_output=True, check=True).stdout.split(b"\0")[:-1]


# Each process that bash starts is slow.
@given(
    st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=8), min_size=20)
)
def test_a_shell_reads_the_name_again(names: list[str]) -> None:
    words = _words(shlex.join([]) + " ".join(map(quoted_for_shell, names)))
    expected = [f"./{name}" if name.startswith("-") else name for name in names]
    assert words == [as_bytes(name) for name in expected]


@given(st.text(st.characters()))
def test_a_url_leads_back_to_the_name(name: str) -> None:
    assert percent_encoded(name).isascii()
    assert unquote_to_bytes(percent_encoded(name)) == as_bytes(name)


@given(st.text(st.characters()))
def test_a_name_in_a_diff_is_one_line_that_can_be_seen(name: str) -> None:
    quoted = quoted_as_in_c(name)
    quoted.encode()
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e]", quoted)
    if quoted.startswith('"'):
        octal = re.compile(rb"\\(?:([0-7]{3})|(.))")
        letters = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))
        raw = octal.sub(
            lambda m: bytes([int(m[1], 8) if m[1] else letters[m[2][0]]]), quoted[1:-1].encode()
        )
        assert raw == as_bytes(name)
    else:
        assert quoted == name
