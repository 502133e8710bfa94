"""``lint``, ``rules`` and ``rule``: report problems in a list, and explain the rules."""

from __future__ import annotations

import argparse
import os
import sys

from ..errors import ConfigError
from .arguments import add_rule_arguments, rule_arguments, rule_names
from .common import (
    DONE,
    FAILED,
    FINDINGS,
    Sources,
    add_files,
    add_shared_files,
    print_status,
    protect_sources,
    write,
    write_file,
)
from .jobs import add_jobs, print_summary, run_with_progress
from .output import print_list, show_diff

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from collections import Counter

    from ..linting.baseline import Key
    from ..linting.findings import Finding
    from ..source import Source
    from ..tasks.lint_task import LintOutcome
    from .common import Commands

    Found = list[tuple[Source, list[Finding]]]

_FORMATS = ("text", "json", "github", "sarif")
_LINT = """\
Report problems in lists of papers, one per line: FILE:LINE:COLUMN, the rule, the problem and its
remedy. [*] marks what --fix fixes. Exits with 1 if anything is found. To read about a rule, run
llmpaper-md rule NAME.
"""


def add_to(commands: Commands) -> None:
    """Add the three commands."""
    parser = commands.add_parser("lint", help="report problems, and fix them", description=_LINT)
    add_files(parser)
    add_jobs(parser)
    add_rule_arguments(parser)
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="apply safe fixes to the files")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="apply safe and unsafe fixes")
    fixes.add_argument(
        "--fix-only", action="store_true", help="apply safe fixes and report nothing"
    )
    fixes.add_argument(
        "--diff", action="store_true", help="show what the fixes would change, and write nothing"
    )
    add_shared_files(parser)
    report = parser.add_argument_group("report")
    report.add_argument(
        "--output-format",
        choices=_FORMATS,
        help="format of the report (default: text, or github, that is annotations, in a workflow)",
    )
    report.add_argument("--output-file", metavar="FILE", help="write the report to FILE")
    report.add_argument(
        "--full",
        action="store_true",
        help="show the source line of each finding (default on a terminal)",
    )
    report.add_argument(
        "--statistics", action="store_true", help="print the number of findings per rule"
    )
    report.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 even if there are findings"
    )
    report.add_argument(
        "--stdin-filename", metavar="NAME", help="name for standard input in the report"
    )
    known = parser.add_argument_group("baseline")
    known.add_argument(
        "--baseline", metavar="FILE", help="do not report the findings recorded in FILE"
    )
    known.add_argument(
        "--write-baseline",
        metavar="FILE",
        help="record the current findings in FILE, for --baseline",
    )
    parser.set_defaults(run=_lint)

    rules_ = commands.add_parser(
        "rules",
        help="list all rules",
        description="List all rules by group: severity, what each finds, and whether it has a fix.",
    )
    rules_.add_argument("--json", action="store_true", help="print them as JSON")
    rules_.set_defaults(run=_rules)

    rule_ = commands.add_parser(
        "rule",
        help="explain a rule",
        description="Print the documentation of a rule: what it finds, examples, and its fix.",
    )
    rule_.add_argument(
        "name", metavar="NAME", help="a rule from llmpaper-md rules, or several, comma-separated"
    )
    rule_.set_defaults(run=_rule)


def _lint(arguments: argparse.Namespace) -> int:
    from ..tasks.lint_task import LintTask

    rules = rule_arguments(arguments)
    known = _baseline(arguments.baseline)
    task = LintTask(
        rules,
        fixes=any((arguments.fix, arguments.unsafe_fixes, arguments.fix_only, arguments.diff)),
        unsafe=arguments.unsafe_fixes,
        compares=arguments.diff,
        wants_keys=bool(known or arguments.write_baseline),
    )
    # The new text of standard input is printed, changed or not; the report must not mix with it.
    prints = task.fixes and not arguments.diff and "-" in arguments.files
    sources = Sources(arguments)
    # Checked before anything is fixed: a file must not change if its report cannot be written.
    for output in (arguments.output_file, arguments.write_baseline):
        protect_sources(output, (name for name in sources.names() if isinstance(name, str)))
    found: Found = []
    written: list[Key] = []
    changed = 0

    def on_result(source: Source, made: LintOutcome) -> None:
        nonlocal changed, known
        if made.fixed is not None:
            _put_fixed(source, made.fixed, made.applied, arguments)
            changed += 1
        elif prints and source.name == "<stdin>":
            print_list(source.name, source.text)
        findings = made.findings
        if known:
            from ..linting.baseline import filter_known

            findings, known = filter_known(findings, made.keys, known)
        found.append((made.source, findings))
        written.extend(made.keys)

    count = run_with_progress(sources, arguments, "linting", task, on_result)
    if arguments.write_baseline and not sources.failed:
        from ..linting.baseline import dump
        from ..words import counted

        write_file(arguments, arguments.write_baseline, dump(written))
        print_status(f"{arguments.write_baseline}: {counted(len(written), 'finding')} recorded")
        return DONE
    if known:
        for (path, rule, key), number in sorted(known.items()):
            if number:
                print_status(f"{arguments.baseline}: no longer found: {path}: {rule}: {key}")
    if arguments.diff or arguments.fix_only:
        print_summary(count, sources, changed, "fixed", would=arguments.diff)
    else:
        _report(found, arguments, to_error=prints)
    if sources.failed:
        return FAILED
    if arguments.exit_zero:
        return DONE
    if arguments.diff:
        return FINDINGS if changed else DONE
    left = any(findings for _, findings in found)
    return FINDINGS if left and not arguments.fix_only else DONE


def _put_fixed(source: Source, text: str, applied: int, arguments: argparse.Namespace) -> None:
    """Write the text after the fixes, or show the changes."""
    if arguments.diff:
        show_diff(source, text)
        return
    if source.name == "<stdin>":
        print_list(source.name, text)
    else:
        write_file(arguments, source.name, text, before=source.text)
    from ..words import counted

    print_status(f"{source.name}: {counted(applied, 'problem')} fixed")


def _baseline(name: str | None) -> Counter[Key]:
    from collections import Counter

    if name is None:
        return Counter()
    from ..linting.baseline import LARGEST, load
    from ..source import read

    return load(read(name, limit=LARGEST).text, name)


def _report(found: Found, arguments: argparse.Namespace, *, to_error: bool) -> None:
    name = arguments.stdin_filename
    if name:
        from dataclasses import replace

        found = [(replace(s, name=name if s.name == "<stdin>" else s.name), f) for s, f in found]
    text = "".join(f"{line}\n" for line in _lines(found, arguments))
    if arguments.output_file:
        write_file(arguments, arguments.output_file, text)
    elif to_error:
        sys.stdout.flush()
        sys.stderr.write(text)
    else:
        write(text)


def _lines(found: Found, arguments: argparse.Namespace) -> list[str]:
    default = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    output_format = arguments.output_format or default
    if output_format != "text":
        text = _for_programs(found, output_format)
        return [text.rstrip("\n")] if text else []
    from ..report import findings_text as findings
    from ..report.terminal import Style

    if arguments.statistics:
        every = (finding for _, of_file in found for finding in of_file)
        return [*findings.statistics(every), findings.summary(found)]
    full = arguments.full or (sys.stdout.isatty() and not arguments.output_file)
    return list(findings.text_report(found, Style(sys.stdout), full=full))


def _for_programs(found: Found, output_format: str) -> str:
    if output_format == "json":
        from ..export.json_findings import findings_json

        return findings_json(found)
    if output_format == "sarif":
        from ..export.sarif import to_sarif

        return to_sarif(found)
    from ..export.github_annotations import to_annotations

    return "".join(f"{line}\n" for line in to_annotations(found))


def _rules(arguments: argparse.Namespace) -> int:
    from ..linting.registry import GROUPS, RULES, rule

    if arguments.json:
        import json

        fields = ("name", "group", "severity", "level", "fix", "summary", "url")
        rules = [rule(name) for name in RULES]
        data = [{field: getattr(known, field) for field in fields} for known in rules]
        write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return DONE
    width = max(map(len, RULES))
    for number, (group, names) in enumerate(GROUPS.items()):
        print(f"{chr(10) if number else ''}{group}")
        for known in map(rule, names):
            level = " (strict)" if known.level == "strict" else ""
            fix = f" [{known.fix} fix]" if known.fix else ""
            print(f"  {known.name:{width}}  {known.severity:7}  {known.summary}{level}{fix}")
    return DONE


def _rule(arguments: argparse.Namespace) -> int:
    from ..linting.registry import rule

    names = rule_names("rule", arguments.name)
    if not names:
        raise ConfigError("rule: expected the name of a rule; run llmpaper-md rules to list them")
    for name in names:
        print(f"# {name}\n\n{rule(name).page}")
    return DONE
