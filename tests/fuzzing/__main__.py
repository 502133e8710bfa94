"""Search for texts that break a promise: ``python -m tests.fuzzing TARGET --seconds N``.

It needs ``pip install -e '.[fuzz]'``. Seeds are made from the fixtures and the lists of the tests, cut
into pieces, clean and damaged. What is found is written to ``crash-…`` in ``--corpus`` (a temporary
folder by default): put it into ``tests/fuzzing/found.json``, with what was wrong, and mend it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_TARGETS = ("parse", "repair", "fix", "format", "normalize", "render")
ROOT = Path(__file__).parent.parent.parent
_PIECE = 600
_WORDS = r"""
| |- :-: \| || --- ** * _ ` ``` ~~~ [ ]( ) ![ < > <!-- --> # ## 1. - + & &amp; https:// www. ★ ⭐ ☆
arxiv.org/abs/ doi.org/10. ID Paper 论文 标题 文 ⽂ ： ， æ– ã€ ä¸ â˜… \ufffd \u200b \u00a0 \ufeff
llmpaper-md: ignore disable enable
"""


def _seeds() -> Iterator[str]:
    paths = [*ROOT.glob("fixtures/*.md"), *ROOT.glob("tests/*/*.md")]
    for path in sorted(paths):
        text = path.read_text("utf-8")
        lines = text.splitlines(keepends=True)[:400]
        piece = ""
        for line in lines:
            if len(piece) + len(line) > _PIECE and piece:
                yield piece
                piece = ""
            piece += line[:_PIECE]
        yield piece


def main() -> None:
    """Run a target."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("target", choices=_TARGETS)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--corpus", type=Path, help="folder for texts worth keeping")
    arguments = parser.parse_args()
    try:
        import atheris
    except ImportError:
        parser.error("it needs atheris: pip install -e '.[fuzz]'")
    with atheris.instrument_imports(include=["llmpaper_md"]):
        from tests.fuzzing.targets import TARGETS
    target = TARGETS[arguments.target]

    def one(data: bytes) -> None:
        target(data.decode("utf-8", "ignore").replace("\0", ""))

    corpus = arguments.corpus or Path(tempfile.mkdtemp(prefix="fuzzing-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds()):
        (corpus / f"seed-{number:04}").write_text(seed, "utf-8")
    words = corpus.with_suffix(".dict")
    words.write_text(
        "".join(
            '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n'
            for word in _WORDS.split()
        )
    )
    options = [
        f"-max_total_time={arguments.seconds}",
        f"-artifact_prefix={corpus}/",
        f"-dict={words}",
        "-max_len=1200",
        "-timeout=20",
        "-rss_limit_mb=4096",
    ]
    print(f"corpus: {corpus}", file=sys.stderr)
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
