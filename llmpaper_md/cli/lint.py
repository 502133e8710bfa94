"""``lint``, ``rules`` and ``rule``: what is wrong in a list, and the manual of the rules."""

from __future__ import annotations

import argparse
import os
import sys

from ..errors import ConfigError
from .common import (
    DONE,
    FAILED,
    FINDINGS,
    Sources,
    add_files,
    add_shared_files,
    keep_sources,
    say,
    write,
    write_file,
)
from .jobs import add_jobs, sum_up, work_on
from .output import print_list, show_diff

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from collections import Counter
    from datetime import date

    from ..linting.baseline import Key
    from ..linting.findings import Finding
    from ..source import Source
    from ..tasks.lint_task import Linted
    from ..tasks.rule_options import RuleOptions
    from .common import Commands

    Found = list[tuple[Source, list[Finding]]]

_FORMATS = ("text", "json", "github", "sarif")
_LINT = """\
Say what is wrong in a list, a finding a line: FILE:LINE:COLUMN, the rule, what to do; [*] marks
what --fix mends. Exits with 1 where anything is found. llmpaper-md rule NAME explains a rule.
"""


def add_to(commands: Commands) -> None:
    """Add the three commands."""
    parser = commands.add_parser("lint", help="find what is wrong, and mend it", description=_LINT)
    add_files(parser)
    add_jobs(parser)
    add_rules(parser)
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="apply the safe fixes to the files")
    fixes.add_argument(
        "--unsafe-fixes", action="store_true", help="apply the safe and the unsafe fixes"
    )
    fixes.add_argument(
        "--fix-only", action="store_true", help="apply the safe fixes, and report nothing"
    )
    fixes.add_argument(
        "--diff", action="store_true", help="show what these would change, and write nothing"
    )
    add_shared_files(parser)
    report = parser.add_argument_group("report")
    report.add_argument(
        "--output-format",
        choices=_FORMATS,
        help="the format of the report (default: text; in a GitHub workflow, github: annotations)",
    )
    report.add_argument("--output-file", metavar="FILE", help="write the report to FILE")
    report.add_argument(
        "--full", action="store_true", help="show the source of each finding, as on a terminal"
    )
    report.add_argument(
        "--statistics", action="store_true", help="print how many findings each rule has"
    )
    report.add_argument("--exit-zero", action="store_true", help="exit 0 even with findings")
    report.add_argument(
        "--stdin-filename", metavar="NAME", help="what the report calls standard input"
    )
    known = parser.add_argument_group("baseline")
    known.add_argument("--baseline", metavar="FILE", help="leave out the findings that FILE holds")
    known.add_argument(
        "--write-baseline", metavar="FILE", help="write the findings to FILE, for --baseline"
    )
    parser.set_defaults(run=_lint)

    rules_ = commands.add_parser(
        "rules",
        help="list the rules",
        description="Print each rule with its severity, what it finds, and its fix, by group.",
    )
    rules_.add_argument("--json", action="store_true", help="print them as JSON")
    rules_.set_defaults(run=_rules)

    rule_ = commands.add_parser(
        "rule",
        help="print the manual page of a rule",
        description="Print what a rule finds, with examples, and what its fix does.",
    )
    rule_.add_argument(
        "name", metavar="NAME", help="a rule that llmpaper-md rules lists, or several with commas"
    )
    rule_.set_defaults(run=_rule)


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that choose rules, and what they are told."""
    rules = parser.add_argument_group("rules")
    rules.add_argument(
        "--select", metavar="NAMES", help="run these rules only, with commas between"
    )
    rules.add_argument("--ignore", metavar="NAMES", help="leave these rules out")
    rules.add_argument("--strict", action="store_true", help="run the strict rules too")
    rules.add_argument(
        "--today",
        metavar="DATE",
        help="the day, as YYYY-MM-DD, for rules that depend on it (default: today)",
    )
    rules.add_argument(
        "--metadata",
        metavar="FILE",
        help="compare titles with those in FILE, which llmpaper-md metadata wrote",
    )


def _lint(arguments: argparse.Namespace) -> int:
    from ..tasks.lint_task import LintTask

    rules = rule_options(arguments)
    known = _baseline(arguments.baseline)
    task = LintTask(
        rules,
        fixes=any((arguments.fix, arguments.unsafe_fixes, arguments.fix_only, arguments.diff)),
        unsafe=arguments.unsafe_fixes,
        compares=arguments.diff,
        wants_keys=bool(known or arguments.write_baseline),
    )
    # The new text of standard input is printed, changed or not; the report must not follow it.
    prints = task.fixes and not arguments.diff and "-" in arguments.files
    sources = Sources(arguments)
    # Before anything is fixed: what cannot be reported on must not be changed.
    for output in (arguments.output_file, arguments.write_baseline):
        keep_sources(output, (name for name in sources.names() if isinstance(name, str)))
    found: Found = []
    written: list[Key] = []
    changed = 0

    def put_out(source: Source, made: Linted) -> None:
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

    count = work_on(sources, arguments, "linting", task, put_out)
    if arguments.write_baseline and not sources.failed:
        from ..linting.baseline import dump

        write_file(arguments, arguments.write_baseline, dump(written))
        say(f"{arguments.write_baseline}: {len(written):,} findings written")
        return DONE
    if known:
        for (path, rule, key), number in sorted(known.items()):
            if number:
                say(f"{arguments.baseline}: no longer found: {path}: {rule}: {key}")
    if arguments.diff or arguments.fix_only:
        sum_up(count, sources, changed, "fixed", would=arguments.diff)
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
    """Write the text after the fixes, or show the difference."""
    if arguments.diff:
        show_diff(source, text)
        return
    if source.name == "<stdin>":
        print_list(source.name, text)
    else:
        write_file(arguments, source.name, text, before=source.text)
    say(f"{source.name}: {applied:,} fixed")


def _today(text: str | None) -> date:
    from datetime import date

    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"--today: {text}: expected a date such as 2026-01-31") from None


def _baseline(name: str | None) -> Counter[Key]:
    from collections import Counter

    if name is None:
        return Counter()
    from ..linting.baseline import LARGEST, load
    from ..source import read

    return load(read(name, limit=LARGEST).text, name)


def _titles(name: str | None) -> dict[str, str]:
    """The right titles of papers by canonical key, from JSON lines."""
    if name is None:
        return {}
    from ..lists.known_titles import LARGEST, KnownTitles
    from ..source import read

    return KnownTitles.load(read(name, limit=LARGEST).text, name).titles


def rule_options(arguments: argparse.Namespace) -> RuleOptions:
    """What the arguments of `add_rules` say.

    Raises:
        LLMPaperError: a name or a date is none, or the file of titles cannot be read.
    """
    from ..tasks.rule_options import RuleOptions

    return RuleOptions(
        select=_names("--select", arguments.select),
        ignore=_names("--ignore", arguments.ignore),
        strict=arguments.strict,
        today=_today(arguments.today),
        titles=_titles(arguments.metadata),
    )


def _names(option: str, text: str | None) -> tuple[str, ...]:
    from ..linting.registry import RULES
    from ..setting_types import check_name

    names = tuple(name.strip(" ") for name in (text or "").split(",") if name.strip(" "))
    for name in names:
        check_name(name, RULES, "rule", option)
    return names


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
    form = arguments.output_format or default
    if form != "text":
        from ..export import findings_formats as machine

        if form == "github":
            return list(machine.to_github(found))
        text = machine.to_json(found) if form == "json" else machine.to_sarif(found)
        return [text.rstrip("\n")]
    from ..report import findings_text as findings
    from ..report.terminal import Style

    if arguments.statistics:
        every = (finding for _, of_file in found for finding in of_file)
        return [*findings.statistics(every), findings.summary(found)]
    full = arguments.full or (sys.stdout.isatty() and not arguments.output_file)
    return list(findings.text_report(found, Style(sys.stdout), full=full))


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

    names = _names("rule", arguments.name)
    if not names:
        raise ConfigError("rule: expected a name; llmpaper-md rules lists them")
    for name in names:
        print(f"# {name}\n\n{rule(name).page}")
    return DONE
