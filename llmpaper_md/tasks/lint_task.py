"""``lint`` of one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..config import Config
from ..linting.baseline import Key, keys
from ..linting.findings import Finding
from ..linting.fixing import check_fixes, fix_document
from ..linting.options import LintOptions
from ..reading.parser import parse
from ..source import Source


@dataclass(frozen=True, slots=True)
class Linted:
    """What is made of one file.

    Attributes:
        source: the text that the findings are of: after the fixes where they are to be written.
        fixed: the text after the fixes that were asked for; None where they change nothing.
        applied: how many findings those fixes were for.
        findings: what is wrong.
        keys: by what a baseline knows each finding, where one is read or written.
    """

    source: Source
    fixed: str | None
    applied: int
    findings: list[Finding]
    keys: list[Key]


@dataclass(frozen=True, slots=True)
class LintTask:
    """What is asked for.

    Attributes:
        rules: makes the options of the rules from a file's name and settings.
        fixes: whether fixes are made.
        unsafe: whether those are made, too, that a person should look at.
        compares: whether the findings are those of the text before the fixes, as for a diff.
        wants_keys: whether there is a baseline.
    """

    rules: Callable[[str, Config], LintOptions]
    fixes: bool = False
    unsafe: bool = False
    compares: bool = False
    wants_keys: bool = False

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> Linted:
        """Run the rules on one file, after the fixes."""
        options = self.rules(source.name, settings)
        document = parse(source, columns=options.columns, max_stars=options.max_stars)
        done = fix_document(document, options, unsafe=self.unsafe) if self.fixes else None
        fixed = done.text if done and done.text != source.text else None
        if done and not self.compares:
            document, findings = done.document, list(done.left)
        else:
            findings = list(done.found) if done else check_fixes(document, options)
        known = keys(findings, document) if self.wants_keys else []
        applied = len(done.applied) if done else 0
        return Linted(document.source, fixed, applied, findings, known)
