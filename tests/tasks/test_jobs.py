"""``--jobs``: the same output, files and exit code for any number of processes.

What starts many processes runs with ``-m jobs``; a test or two that start a few always do.
"""

from __future__ import annotations

import os
import pickle
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

import llmpaper_md
from llmpaper_md.cli import main
from llmpaper_md.config import Config
from llmpaper_md.errors import LLMPaperError, ProofError, SourceError, WorkerError
from llmpaper_md.source import Source
from llmpaper_md.tasks.format_task import FormatArguments, FormatTask, NormalizeTask
from llmpaper_md.tasks.lint_task import LintTask
from llmpaper_md.tasks.many_files import run_tasks
from llmpaper_md.tasks.repair_task import RepairTask
from llmpaper_md.tasks.rule_arguments import RuleArguments
from tests.builders import CLEAN, damage

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
Out = pytest.CaptureFixture[str]
BAD = "# A\n|ID|Paper|\n|-|-|\n|1|[B ](http://arxiv.org/abs/1706.03762)|\n|1|C|\n| | |\n"


def make_folder(folder: Path) -> Path:
    """Good, bad, garbled and clean files, and some that cannot be read."""
    texts = {
        "a-bad.md": BAD.encode(),
        "b-garbled.md": damage(CLEAN).encode(),
        "c-gbk.md": "| 论文 |".encode("gbk"),
        "d-clean.md": CLEAN.encode(),
        "e/one.md": BAD.encode(),
        "e/two.md": damage(BAD + CLEAN).encode(),
        "f-empty.md": b"",
        "g-nul.md": b"a\0b",
        **{f"h/{number}.md": (BAD * (number % 3 + 1)).encode() for number in range(9)},
        "broken/x.md": BAD.encode(),
        "broken/llmpaper-md.toml": b"strict = 3",
        "z-last.md": BAD.encode(),
    }
    for name, data in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(data)
    (folder / "same.md").symlink_to("a-bad.md")
    (folder / "nothing").mkdir()
    return folder


TODAY = ("--today", "2026-01-01")
COMMANDS = {
    "repair --check": ["repair", "--check"],
    "repair -i": ["repair", "-i"],
    "lint": ["lint", *TODAY],
    "lint --fix": ["lint", *TODAY, "--fix"],
    "lint --diff": ["lint", *TODAY, "--diff", "--unsafe-fixes"],
    "lint as SARIF": ["lint", *TODAY, "--output-format", "sarif"],
    "format -i": ["format", "-i"],
    "normalize --diff": ["normalize", *TODAY, "--diff"],
    "normalize -i": ["normalize", *TODAY, "-i", "--unsafe-fixes"],
}


def outcome(folder: Path, command: list[str], jobs: int) -> object:
    """What a command prints, on one stream and on two, its exit code, and the files after it."""
    make_folder(folder)
    names = [".", "missing.md", "nothing", "a-bad.md"]
    result = subprocess.run(
        [sys.executable, "-m", "llmpaper_md", *command, f"-j{jobs}", *names],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GITHUB_ACTIONS": ""},
    )
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    where = str(folder).encode()
    return (
        result.returncode,
        result.stdout,
        result.stderr.replace(where, b"FOLDER"),  # the broken settings are named in full
        files,
    )


@pytest.mark.jobs
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_the_output_is_the_same_for_any_number_of_processes(
    tmp_path: Path, command: list[str]
) -> None:
    one = outcome(tmp_path / "1", command, 1)
    assert one[0] == 2  # type: ignore[index]
    for jobs in (2, 4):
        assert outcome(tmp_path / str(jobs), command, jobs) == one


def test_two_processes_print_what_one_prints(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The quick one of these tests."""
    monkeypatch.setenv("GITHUB_ACTIONS", "")
    folder = make_folder(tmp_path)
    made = []
    for jobs in ("-j1", "-j2"):
        assert main(["lint", *TODAY, jobs, str(folder)]) == 2
        made.append(capsysbinary.readouterr())
    assert made[0] == made[1]


def test_says_what_became_of_several_files(tmp_path: Path, capsys: Out) -> None:
    make_folder(tmp_path)
    folder = str(tmp_path / "h")
    assert main(["format", "--check", folder]) == 1
    assert capsys.readouterr().err.endswith("\n9 files: 9 would be formatted, 0 unchanged\n")
    assert main(["format", "-i", folder]) == 0
    assert capsys.readouterr().err.endswith("\n9 files: 9 formatted, 0 unchanged\n")
    assert main(["repair", "--check", f"{tmp_path}/c-gbk.md", f"{tmp_path}/b-garbled.md"]) == 2
    assert capsys.readouterr().err.endswith(
        "\n2 files: 1 would be repaired, 0 unchanged, 1 failed\n"
    )
    assert main(["repair", "--check", f"{tmp_path}/b-garbled.md"]) == 1
    assert "files:" not in capsys.readouterr().err


@pytest.mark.parametrize("text", ["-1", "x", "1.5", ""])
def test_a_number_of_jobs_that_is_none(capsys: Out, text: str) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["repair", f"--jobs={text}", "list.md"])
    assert exit_.value.code == 2
    assert "--jobs" in capsys.readouterr().err


def test_one_job_or_one_file_loads_no_processes() -> None:
    for arguments in (["-j1", "README.normalized.md", "README.normalized.md"], ["-j0"]):
        script = (
            "import sys\nfrom llmpaper_md.cli import main\n"
            f"main(['format', '--check', *{arguments}, 'README.normalized.md'])\n"
            "assert 'llmpaper_md.tasks.pool' not in sys.modules\n"
            "assert 'multiprocessing' not in sys.modules\n"
        )
        subprocess.run([sys.executable, "-c", script], check=True, cwd=FIXTURES)


# --- the order, the window, errors -------------------------------------------------------------


def say_length(source: Source, settings: Config, progress: object) -> int:
    if "error" in source.text:
        raise ProofError(f"{source.name}: no")
    if "slow" in source.text:
        time.sleep(0.3)
    if "die" in source.text:
        os._exit(9)
    return len(source.text)


class Reader:
    """Counts how far reading is ahead of what was handed over."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.handed_over = self.ahead = self.read = 0

    def __call__(self, name: str) -> tuple[Source, Config]:
        self.read += 1
        self.ahead = max(self.ahead, self.read - self.handed_over)
        text = self.texts[int(name)]
        if text == "unreadable":
            raise SourceError(f"{name}: no")
        return Source.of(text, name), Config()

    def run(self, processes: int) -> list[object]:
        made = list[object]()
        names: list[str | LLMPaperError] = [str(number) for number in range(len(self.texts))]
        for done in run_tasks(names, self, say_length, processes=processes):
            self.handed_over += 1
            made.append(str(done) if isinstance(done, LLMPaperError) else (done[0].name, done[1]))
        return made


@pytest.mark.parametrize("processes", [1, 2, pytest.param(4, marks=pytest.mark.jobs)])
def test_what_is_made_comes_in_order_and_few_files_are_read_ahead(processes: int) -> None:
    texts = ["slow", "a", "error", "unreadable", "ab", *("abc" for _ in range(60))]
    reader = Reader(texts)
    assert reader.run(processes) == [
        *(("0", 4), ("1", 1), "2: no", "3: no", ("4", 2)),
        *((str(number), 3) for number in range(5, 65)),
    ]
    assert reader.ahead <= (1 if processes == 1 else 3 * processes + 1)


@pytest.mark.jobs
@pytest.mark.parametrize("processes", [2, 4])
def test_a_process_that_dies_fails_one_file(processes: int) -> None:
    texts = ["a", "die", "b", "die", *("x" for _ in range(20)), "die"]
    made = Reader(texts).run(processes)
    for number, (text, said) in enumerate(zip(texts, made, strict=True)):
        assert said == (
            f"{number}: the worker process for this file ended (exit code 9): killed, "
            "or out of memory; try fewer --jobs"
            if text == "die"
            else (str(number), 1)
        )


def make_large(source: Source, settings: Config, progress: object) -> bytes:
    if "die" in source.text:
        threading.Timer(0.05, os._exit, [9]).start()
    return b"x" * 50_000_000


@pytest.mark.jobs
def test_a_process_that_dies_while_it_sends_fails_one_file() -> None:
    reader = Reader(["a", "die", "b"])
    names: list[str | LLMPaperError] = ["0", "1", "2"]
    made = list[object]()
    for done in run_tasks(names, reader, make_large, processes=2):
        made.append(type(done) if isinstance(done, LLMPaperError) else len(done[1]))
        time.sleep(0.3)  # so that the pipe is full when the process dies
    assert made == [50_000_000, WorkerError, 50_000_000]


def go_wrong(source: Source, settings: Config, progress: object) -> str:
    """What a task should not do."""
    print("this is no answer")
    if "out of memory" in source.text:
        raise MemoryError
    if "missing" in source.text:
        Path("missing", source.name).read_bytes()
    return source.text


@pytest.mark.jobs
def test_what_a_task_prints_is_no_answer_and_what_it_raises_is_not_lost(
    capfd: pytest.CaptureFixture[str],
) -> None:
    reader = Reader(["a", "out of memory", "missing", "b"])
    made = list(run_tasks(["0", "1", "2", "3"], reader, go_wrong, processes=2))
    assert [done[1] for done in made if isinstance(done, tuple)] == ["a", "b"]
    assert [str(done)[:45] for done in made if isinstance(done, LLMPaperError)] == [
        "1: out of memory: split the file, or use a machine"[:45],
        "2: the worker process for this file ended (exit code 1)"[:45],
    ]
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("this is no answer") == 4
    assert "FileNotFoundError" in err


@pytest.mark.jobs
def test_texts_larger_than_a_pipe_holds() -> None:
    texts = [character * 3_000_000 for character in "a文b🌟c"]
    reader = Reader(texts)
    names: list[str | LLMPaperError] = [str(number) for number in range(len(texts))]
    assert [
        done[1] for done in run_tasks(names, reader, echo, processes=2) if isinstance(done, tuple)
    ] == texts


def echo(source: Source, settings: Config, progress: object) -> str:
    return source.text


def interpreter(source: Source, settings: Config, progress: object) -> object:
    """How Python was started here."""
    flags = {name: getattr(sys.flags, name) for name in FLAGS}
    return (
        flags,
        sys.warnoptions,
        sys.pycache_prefix,
        sys.executable,
        "multiprocessing" in sys.modules,
    )


FLAGS = (
    "isolated",
    "ignore_environment",
    "no_user_site",
    "optimize",
    "utf8_mode",
    "dev_mode",
    "bytes_warning",
    "dont_write_bytecode",
    "no_site",
)


@pytest.mark.jobs
@pytest.mark.parametrize(
    "options",
    [
        "",
        "-I",
        "-E -s",
        "-X utf8",
        "-X utf8=0 -B",
        "-OO -b",
        "-X dev",
        "-P",
        "-X pycache_prefix=CACHE",
    ],
)
def test_a_worker_is_started_as_the_process_is(tmp_path: Path, options: str) -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}]\n"
        "from tests.tasks.test_jobs import Config, Reader, interpreter, run_tasks\n"
        "made = list(run_tasks(['0', '1'], Reader(['a', 'b']), interpreter, processes=2))\n"
        "from llmpaper_md.tasks import pool\n"
        "here = interpreter(None, None, None)\n"
        "if [m for _, m in made] != [here, here]: sys.exit(f'{made} {here}')\n"
        "if here[-1]: sys.exit('multiprocessing')\n"
    )
    flags = options.replace("CACHE", str(tmp_path / "cache")).split(" ") if options else []
    done = subprocess.run(
        [sys.executable, *flags, "-W", "error:x", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("executable", "said"),
    [
        ("", "no Python interpreter to start it with; use --jobs 1"),
        ("/nowhere/python", None),
    ],
)
def test_an_interpreter_that_cannot_be_started(
    monkeypatch: pytest.MonkeyPatch, executable: str, said: str | None
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(WorkerError) as error:
        list(run_tasks(["0", "1"], Reader(["a", "b"]), echo, processes=2))
    assert str(error.value).startswith("cannot start a worker process: ")
    assert said is None or str(error.value).endswith(said)


class Unready:
    """A task that cannot be read where it is sent."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (3,)

    def __call__(self, source: Source, settings: Config, progress: object) -> int:
        return 0


@pytest.mark.jobs
def test_processes_that_do_not_start_are_one_error() -> None:
    reader = Reader(["a", "b"])
    with pytest.raises(WorkerError, match=r"^cannot start a worker process \(exit code 3\)$"):
        list(run_tasks(["0", "1"], reader, Unready(), processes=2))


@pytest.mark.jobs
def test_progress_is_told() -> None:
    told: list[float] = []
    reader = Reader(["a", "slow", "c"])
    for processes in (1, 2):
        told.clear()
        list(
            run_tasks(
                ["0", "1", "2"], reader, say_length, processes=processes, progress=told.append
            )
        )
        assert told[0] == 0 or processes == 2
        assert told == sorted(told)
        assert max(told) <= 3


@pytest.mark.jobs
@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_a_process_that_is_killed_is_one_line(tmp_path: Path) -> None:
    started = _start(tmp_path, "repair", "--check", jobs=2)
    victim = _workers(started.pid)[0]
    os.kill(victim, signal.SIGKILL)
    _, err = started.communicate(timeout=60)
    said = [line for line in err.decode().splitlines() if line.startswith("llmpaper-md: ")]
    # Between two files its death takes nothing with it.
    assert len(said) <= 1
    assert started.returncode == (2 if said else 1)
    for line in said:
        assert re.match(
            r"llmpaper-md: \d+\.md: the worker process for this file ended \(exit code -9\)", line
        )
    last = f"40 files: {40 - len(said)} would be repaired, 0 unchanged"
    assert err.decode().endswith(last + (", 1 failed\n" if said else "\n"))
    assert b"Traceback" not in err


@pytest.mark.jobs
@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_ends_all_processes_and_leaves_files_whole(tmp_path: Path, jobs: int) -> None:
    started = _start(tmp_path, "normalize", "-i", jobs=jobs)
    workers = _workers(started.pid) if jobs > 1 else []
    os.killpg(started.pid, signal.SIGINT)  # as a terminal does
    _, err = started.communicate(timeout=60)
    assert started.returncode == 130
    assert b"Traceback" not in err
    assert not any(map(_is_alive, workers))
    garbled = FIXTURES.joinpath("README.garbled.md").read_bytes()
    written = {path.read_bytes() for path in tmp_path.iterdir()} - {garbled}
    assert len(written) <= 1  # old or new, nothing between, and no temporary file
    assert len(list(tmp_path.iterdir())) == 40


@pytest.mark.jobs
@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    started = _start(tmp_path, "repair", "--check", jobs=2)
    workers = _workers(started.pid)
    started.kill()
    started.communicate(timeout=60)
    for _ in range(200):
        if not any(map(_is_alive, workers)):
            return
        time.sleep(0.05)
    pytest.fail("processes are left")


def _start(folder: Path, *command: str, jobs: int) -> subprocess.Popen[bytes]:
    """A command that works on 40 garbled files, when it has said something of the first."""
    garbled = FIXTURES.joinpath("README.garbled.md").read_bytes()
    for number in range(40):
        folder.joinpath(f"{number}.md").write_bytes(garbled)
    started = subprocess.Popen(
        [sys.executable, "-u", "-m", "llmpaper_md", *command, f"-j{jobs}", "."],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert started.stderr
    assert started.stderr.readline()
    return started


def _workers(pid: int) -> list[int]:
    """The processes that a process has started for work."""
    if not Path("/proc").is_dir():
        pytest.skip("the system does not list processes in /proc")
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(place.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            command = place.joinpath("cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid and b"llmpaper_md.tasks.worker" in command:
            found.append(int(place.name))
    assert found
    return found


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


# --- values can be sent ------------------------------------------------------------------------


def test_what_the_package_makes_can_be_pickled() -> None:
    garbled = llmpaper_md.read(FIXTURES / "README.garbled.md")
    repaired = llmpaper_md.read(FIXTURES / "README.repaired.md")
    options = llmpaper_md.LintOptions(today=date(2026, 1, 1))
    for value in (
        llmpaper_md.repair(garbled.text),
        llmpaper_md.parse(repaired),
        llmpaper_md.lint(repaired, options),
        llmpaper_md.fix(repaired.text, options),
        llmpaper_md.normalize(repaired, options),
    ):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301
    for function in (llmpaper_md.repair, llmpaper_md.parse, llmpaper_md.lint):
        assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301


def test_a_fix_of_several_findings_stays_one_when_sent() -> None:
    repaired = llmpaper_md.read(FIXTURES / "README.repaired.md")
    findings = llmpaper_md.lint(repaired)
    sent = pickle.loads(pickle.dumps(findings))  # noqa: S301
    before, after = ({id(f.fix) for f in found if f.fix} for found in (findings, sent))
    assert len(before) == len(after) < sum(bool(f.fix) for f in findings)


RULES = RuleArguments(today=date(2026, 1, 1))


@pytest.mark.parametrize(
    "task",
    [
        RepairTask(None, 0.99, fold_radicals=True),
        FormatTask(FormatArguments("aligned")),
        NormalizeTask(FormatArguments(), RULES, unsafe=True),
        LintTask(RULES, fixes=True, wants_keys=True),
    ],
    ids=lambda task: type(task).__name__,
)
def test_tasks_and_what_they_make_can_be_pickled(
    task: RepairTask | FormatTask | NormalizeTask | LintTask,
) -> None:
    source = Source.of(damage(BAD + CLEAN), "list.md")
    made = task(source, Config(), lambda done, of: None)
    sent = pickle.loads(pickle.dumps(task))  # noqa: S301
    assert sent == task
    again = sent(source, Config(), lambda done, of: None)
    assert pickle.loads(pickle.dumps(made)) == made == again  # noqa: S301
