"""Lists and damage that several test modules build from."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def of(*rows: str, header: str = "| ID | Paper | Notes |", above: str = "# List\n## A") -> str:
    delimiter = re.sub(r"[^|]+", "-", header)
    return "\n".join([above, header, delimiter, *rows, ""])


X = "| 1 | [Attention](https://arxiv.org/abs/1706.03762) | first |"


Y = "| 2 | [Few-Shot](https://arxiv.org/abs/2005.14165) | second |"


LONG = "A Long Enough Title of One Paper"


CLEAN = (
    "# 清单\r\n\r\n| 编号 | 论文 |\r\n| - | - |\r\n"
    "| 1⭐⭐ | [标题](https://a.b/c)：这篇文章介绍了一种新的训练方法，不需要大量的数据。 |\r\n"
    "| 2 | 我们在实验中比较了不同的模型，“效果”都很好！ |"
)


def damage(text: str) -> str:
    return text.encode().decode("cp1254", "ignore").replace("\u00ad", "")


SHARED = Path(__file__).parents[1].parent / "shared"


ROOT = Path(__file__).parents[1]


def run(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "llmpaper_md", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
