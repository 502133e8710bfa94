"""Nothing of the current folder is imported, however a command is started.

The folder of the lists holds a trap for every module that a command or a worker imports: it leaves a
marker, and hands over to the real module so that nothing else is different.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from llmpaper_md.cli import main
from llmpaper_md.config import Config
from llmpaper_md.current_folder import CurrentFolderOffPath
from llmpaper_md.source import Source
from llmpaper_md.tasks.format_task import FormatArguments, FormatTask, NormalizeTask
from llmpaper_md.tasks.lint_task import LintTask
from llmpaper_md.tasks.many_files import run_tasks
from llmpaper_md.tasks.repair_task import RepairTask
from llmpaper_md.tasks.rule_arguments import RuleArguments
from tests.builders import CLEAN, damage

ROOT = Path(__file__).parent.parent
BAD = "# A\n|ID|Paper|\n|-|-|\n|1|[B ](http://arxiv.org/abs/1706.03762)|\n|1|C|\n| | |\n"
COMMANDS = [["lint"], ["lint", "--fix"], ["repair", "-i"], ["format", "-i"], ["normalize", "-i"]]
PROGRAM = "import sys\nfrom llmpaper_md.cli import main\nsys.exit(main(sys.argv[1:]))\n"
TRAP = """\
import sys
with open({markers!r} + "/" + __name__, "w"):
    pass
_entries, _folder = list(sys.path), __file__.replace(chr(92), "/").rsplit("/", 2 if {package} else 1)[0]
sys.path[:] = [e for e in _entries if e not in ("", ".") and e.replace(chr(92), "/") != _folder]
del sys.modules[__name__]
try:
    __import__(__name__)
except ImportError:  # it is for some systems only
    sys.modules[__name__] = sys
finally:
    sys.path[:] = _entries
"""


def _script() -> list[str]:
    found = shutil.which("llmpaper-md", path=sysconfig.get_path("scripts"))
    return [found] if found else pytest.skip("the package is not installed")


def _as_script(folder: Path) -> tuple[list[str], str]:
    return _script(), ""


def _as_module(folder: Path) -> tuple[list[str], str]:
    return [sys.executable, "-m", "llmpaper_md"], ""


def _as_module_with_options(folder: Path) -> tuple[list[str], str]:
    return [sys.executable, "-X", "utf8", "-E", "-m", "llmpaper_md"], ""


def _from_python(folder: Path) -> tuple[list[str], str]:
    return [sys.executable, "-c", PROGRAM], ""


def _from_standard_input(folder: Path) -> tuple[list[str], str]:
    return [sys.executable, "-"], PROGRAM


def _from_a_file_there(folder: Path) -> tuple[list[str], str]:
    folder.joinpath("start.py").write_text(PROGRAM)
    return [sys.executable, "start.py"], ""


WAYS = [
    _as_script,
    _as_module,
    _as_module_with_options,
    _from_python,
    _from_standard_input,
    _from_a_file_there,
]


class WithModules:
    """A task, and which modules are there after it."""

    def __init__(self, task: Callable[[Source, Config, Callable[[int, int], None]], object]):
        self.task = task

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> list[str]:
        self.task(source, settings, progress)
        return sorted(sys.modules)


def _modules_of_workers() -> set[str]:
    """The modules that workers have loaded when they have done each kind of work."""
    rules = RuleArguments()
    source = Source.of(damage(BAD + CLEAN), "list.md")
    found = set[str]()
    for task in (
        RepairTask(None, 0.99, fold_radicals=True, wants_json=True, wants_review=True),
        FormatTask(FormatArguments("aligned")),
        NormalizeTask(FormatArguments(), rules, unsafe=True),
        LintTask(rules, fixes=True, wants_keys=True),
    ):
        work = WithModules(task)
        for done in run_tasks(["1", "2"], lambda _: (source, Config()), work, processes=2):
            assert isinstance(done, tuple), done
            found |= set(done[1])
    return found


def _modules_of_commands(folder: Path) -> set[str]:
    """Those that the process has loaded that starts the workers."""
    program = PROGRAM.replace("sys.exit(", "main(").replace(
        "main(main(sys.argv[1:]))", "main(sys.argv[1:])\nprint(*sys.modules, file=sys.stderr)"
    )
    found = set[str]()
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-P", "-c", program, *command, "-j2", "."],
            cwd=folder,
            env=_environment(),
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        found |= set(done.stderr.split("\n")[-2].split(" "))
    return found


def _environment() -> dict[str, str]:
    left_out = ("PYTHONPATH", "PYTHONSAFEPATH", "GITHUB_ACTIONS")
    return {name: value for name, value in os.environ.items() if name not in left_out}


def _make_lists(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(3):
        folder.joinpath(f"{number}.md").write_text(damage(BAD + CLEAN), "utf-8")


def _set_traps(folder: Path, names: set[str], markers: Path) -> None:
    markers.mkdir(exist_ok=True)
    for name in names:
        # A package for one name in two: both kinds of module are to be refused.
        if package := len(name) % 2 == 0:
            folder.joinpath(name).mkdir()
        path = folder / name / "__init__.py" if package else folder / f"{name}.py"
        path.write_text(TRAP.format(markers=str(markers), package=package))


@contextmanager
def _names_of_traps_that_ran(markers: Path) -> Iterator[set[str]]:
    ran = set[str]()
    yield ran
    for path in markers.iterdir():
        ran.add(path.name)
        path.unlink()


def _by_python_itself(folder: Path, markers: Path, start: list[str], text: str) -> set[str]:
    """The traps that run before any program does that is started so: nothing can be done there."""
    start = [{"llmpaper_md": "does_nothing", PROGRAM: ""}.get(part, part) for part in start]
    folder.joinpath("does_nothing.py").write_text("")
    folder.joinpath("start.py").write_text("")
    with _names_of_traps_that_ran(markers) as ran:
        subprocess.run(start, cwd=folder, env=_environment(), input="", text=True, check=True)
    folder.joinpath("does_nothing.py").unlink()
    return ran


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is imported; not the package itself, which ``python -m`` takes from the folder."""
    folder = tmp_path_factory.mktemp("lists")
    _make_lists(folder)
    found = {
        name.partition(".")[0] for name in _modules_of_workers() | _modules_of_commands(folder)
    }
    assert {"pickle", "re", "threading", "subprocess", "argparse", "markdown_it"} <= found
    # What is loaded only where it is there.
    found |= {"sitecustomize", "linkify_it", "multiprocessing", "requests", "defusedxml"}
    return {name for name in found if name.isidentifier()} - {"__main__", "tests", "llmpaper_md"}


@pytest.mark.jobs
@pytest.mark.parametrize("way", WAYS)
def test_no_trap_runs(
    tmp_path: Path, names: set[str], way: Callable[[Path], tuple[list[str], str]]
) -> None:
    """Each command with ``-j 2``, and one with as many processes as there are CPUs."""
    markers = tmp_path / "markers"
    folder = tmp_path / "lists"
    _make_lists(folder)
    _set_traps(folder, names | ({"llmpaper_md"} if way is _as_script else set()), markers)
    allowed = set[str]()
    if way is not _as_script:
        allowed = _by_python_itself(folder, markers, *way(folder))
    for command in COMMANDS:
        for jobs in ("-j2", "-j0") if command[0] != "format" else ("-j2",):
            _make_lists(folder)
            start, text = way(folder)
            with _names_of_traps_that_ran(markers) as ran:
                done = subprocess.run(
                    [*start, *command, jobs, "."],
                    cwd=folder,
                    env=_environment(),
                    input=text,
                    capture_output=True,
                    encoding="utf-8",
                    check=False,
                )
            assert done.returncode in (0, 1), done.stderr
            assert "Traceback" not in done.stderr
            assert ran <= allowed


def test_the_traps_work(tmp_path: Path) -> None:
    """They run where a program looks in its folder, and hand over to the real module."""
    _set_traps(tmp_path, {"pickle", "argparse"}, tmp_path / "markers")
    program = "import pickle, argparse; print(pickle.dumps, argparse.ArgumentParser)"
    with _names_of_traps_that_ran(tmp_path / "markers") as ran:
        subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=_environment(), check=True
        )
    assert ran == {"pickle", "argparse"}


def test_no_trap_of_a_few_runs(tmp_path: Path) -> None:
    """The quick test: modules that a worker, the resource tracker or a command needs first."""
    markers = tmp_path / "markers"
    folder = tmp_path / "lists"
    _make_lists(folder)
    _set_traps(folder, {"pickle", "signal", "multiprocessing", "argparse", "threading"}, markers)
    program = f"import sys\nsys.argv[1:] = ['lint', '-j2', '.']\n{PROGRAM}"
    with _names_of_traps_that_ran(markers) as ran:
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=folder,
            env={**_environment(), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "")
    assert ran == set()


@pytest.mark.jobs
def test_standard_input_beside_other_files(tmp_path: Path, names: set[str]) -> None:
    markers = tmp_path / "markers"
    folder = tmp_path / "lists"
    _make_lists(folder)
    _set_traps(folder, names | {"llmpaper_md"}, markers)
    with _names_of_traps_that_ran(markers) as ran:
        done = subprocess.run(
            [*_script(), "lint", "-j2", "-", "1.md"],
            cwd=folder,
            env=_environment(),
            input=BAD,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1, done.stderr
    assert "<stdin>:" in done.stdout
    assert "1.md:" in done.stdout
    assert ran == set()


@pytest.mark.jobs
def test_a_checkout_is_used_but_nothing_beside_the_package(tmp_path: Path, names: set[str]) -> None:
    """``python -m llmpaper_md`` where the package lies, and its workers, are of that package."""
    markers = tmp_path / "markers"
    folder = tmp_path / "checkout"
    _make_lists(folder)
    shutil.copytree(ROOT / "llmpaper_md", folder / "llmpaper_md", ignore=lambda *_: ["__pycache__"])
    with folder.joinpath("llmpaper_md", "tasks", "worker.py").open("a") as worker:
        worker.write(f"open({str(markers / 'worker')!r}, 'w').close()\n")
    _set_traps(folder, names, markers)
    start, text = _as_module(folder)
    allowed = _by_python_itself(folder, markers, start, text)
    with _names_of_traps_that_ran(markers) as ran:
        done = subprocess.run(
            [*start, "lint", "-j2", "0.md", "1.md"],
            cwd=folder,
            env=_environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1, done.stderr
    assert "worker" in ran
    assert ran - {"worker"} <= allowed


def test_nothing_is_imported_before_the_path_is_safe() -> None:
    """What would be, could be a module of the current folder."""
    script = (
        "import sys; before = set(sys.modules)\n"
        "import llmpaper_md.cli\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**_environment(), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == [
        "llmpaper_md",
        "llmpaper_md._version",
        "llmpaper_md.cli",
        "llmpaper_md.current_folder",
    ]


# --- the path ----------------------------------------------------------------------------------


def _path_within() -> list[str]:
    with CurrentFolderOffPath():
        return list(sys.path)


@pytest.mark.parametrize(
    ("path", "left"),
    [
        (["", "/a"], ["/a"]),
        (["/a", "", ".", "/b"], ["/a", "/b"]),
        (["HERE", "/a"], ["/a"]),
        (["/a", "HERE"], ["/a", "HERE"]),  # named by somebody
        (["HERE", "HERE", "/a"], ["HERE", "/a"]),  # likewise, and by ``python -m``
        (["HERE/sub", "/a"], ["HERE/sub", "/a"]),
        (["/a"], ["/a"]),
        ([], []),
    ],
)
def test_what_is_taken_off_the_path(
    folder: Path, monkeypatch: pytest.MonkeyPatch, path: list[str], left: list[str]
) -> None:
    here = os.getcwd()  # noqa: PTH109 - as Python writes it
    before = [entry.replace("HERE", here) for entry in path]
    monkeypatch.setattr(sys, "path", list(before))
    assert _path_within() == [entry.replace("HERE", here) for entry in left]
    assert sys.path == before


@pytest.mark.parametrize(
    ("variable", "is_taken_off"),
    [(":/other", True), ("/other::/more", True), ("HERE:/other", False), ("HERE::/other", False)],
)
def test_an_empty_entry_of_the_variable(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str, is_taken_off: bool
) -> None:
    here = os.getcwd()  # noqa: PTH109 - as Python writes it
    value = variable.replace(":", os.pathsep).replace("HERE", here)
    monkeypatch.setenv("PYTHONPATH", value)
    monkeypatch.setattr(sys, "path", ["/bin", here, "/other"])
    assert _path_within() == (["/bin", "/other"] if is_taken_off else ["/bin", here, "/other"])


def test_a_folder_that_is_deleted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        pytest.skip("a current folder cannot be deleted there")
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr(sys, "path", ["", "/a"])
    assert _path_within() == ["/a"]


def test_the_path_is_as_before_after_the_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    before = list(sys.path)
    Path("list.md").write_text(BAD)
    assert main(["format", "--check", "list.md"]) == 1
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert sys.path == before
