"""``lint`` for one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..config import Config
from ..files import existence_near
from ..linting.baseline import Key, keys
from ..linting.findings import Finding
from ..linting.fixing import check_fixes, fix_document
from ..reading.parser import parse
from ..source import Source
from .rule_arguments import RuleArguments


@dataclass(frozen=True, slots=True)
class LintOutcome:
    """The result for one file.

    Attributes:
        source: the text that the findings refer to: after the fixes if those are to be written.
        fixed: the text after the requested fixes; None if they change nothing.
        applied: how many findings were fixed.
        findings: the problems found.
        keys: the baseline key of each finding, if a baseline is read or written.
    """

    source: Source
    fixed: str | None
    applied: int
    findings: list[Finding]
    keys: list[Key]


@dataclass(frozen=True, slots=True)
class LintTask:
    """The arguments of ``llmpaper-md lint`` that matter to one file.

    Attributes:
        rules: which rules run.
        fixes: whether to apply fixes.
        unsafe: whether to apply unsafe fixes as well.
        compares: whether to report the findings of the text before the fixes, as for a diff.
        wants_keys: whether a baseline is read or written.
    """

    rules: RuleArguments
    fixes: bool = False
    unsafe: bool = False
    compares: bool = False
    wants_keys: bool = False

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> LintOutcome:
        """Apply the fixes to one file, then run the rules on it."""
        options = self.rules.options(source.name, settings)
        if source.name != "<stdin>":
            options = replace(options, exists=existence_near(source.name))
        document = parse(
            source, columns=options.columns, max_stars=options.max_stars, read=options.read
        )
        result = fix_document(document, options, unsafe=self.unsafe) if self.fixes else None
        fixed = result.text if result and result.text != source.text else None
        if result and not self.compares:
            document, findings = result.document, list(result.left)
        else:
            findings = list(result.found) if result else check_fixes(document, options)
        baseline_keys = keys(findings, document) if self.wants_keys else []
        applied = len(result.applied) if result else 0
        return LintOutcome(document.source, fixed, applied, findings, baseline_keys)
