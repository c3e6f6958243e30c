"""The `cleaner corpus` command: arguments, messages and exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from cleaner.cli import add_choices, pipeline_of
from cleaner.corpus.batch import Batch
from cleaner.corpus.guard import ACTIONS, Guard
from cleaner.corpus.job import BadRowError, Settings, UnreadableError, UsageError
from cleaner.corpus.run import run

_EPILOG = """\
formats, by extension: .jsonl .ndjson .csv .tsv (each also .gz or .zst), .parquet, and .txt in folders

examples:
  cleaner corpus news.jsonl -o clean.jsonl                  rows with a field "text", on all processors
  cleaner corpus crawl/ -o clean/ --field body              every file below a folder, to a file of the same name
  cleaner corpus news.parquet -o clean.parquet --removals removed --max-lost 0.6 --guard drop
  cleaner corpus news.jsonl -o clean.jsonl --resume         go on after a stop or a kill

exit status: 0 done; 1 a bad row or an input that cannot be read; 2 wrong usage; 130 stopped by the keyboard
"""


def main(argv: Sequence[str] | None = None) -> int:
    """The `cleaner corpus` command; returns the exit status."""
    parser = _parser()
    args = parser.parse_args(argv)
    name = parser.prog
    rejects = None
    if args.on_error == "skip":
        rejects = args.rejects or f"{args.output.rstrip('/' + os.sep)}.rejects.jsonl"
    elif args.rejects:
        parser.error("--rejects needs --on-error skip")
    settings = _settings(parser, args)
    written = [os.path.realpath(path) for path in (args.output, rejects, args.summary) if path is not None]
    if len(set(written)) < len(written) or set(written[1:]) & set(map(os.path.realpath, args.inputs)):
        parser.error("inputs, output, rejects and summary are different files")
    try:
        summary = run(args.inputs, args.output, settings, workers=args.workers, resume=args.resume, rejects=rejects)
        if args.summary:
            summary.dump(args.summary)
    except UsageError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    except BadRowError as error:
        print(f"{name}: {error}", file=sys.stderr)
        if error.line:
            print(f"{name}: --resume --on-error skip goes on and sets bad rows aside", file=sys.stderr)
        return 1
    except (UnreadableError, OSError) as error:
        print(f"{name}: {_problem(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"{name}: stopped; --resume goes on where it was", file=sys.stderr)
        return 130
    if not args.quiet:
        sys.stderr.write(summary.text())
        if summary.rejected:
            print(f"bad rows: {rejects}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cleaner corpus",
        description="Clean files of many documents: JSONL, CSV and Parquet by their text column, folders of text files.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("inputs", nargs="+", metavar="IN", help="files and folders")
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="a file of the same format, or a folder")
    parser.add_argument("--field", default="text", metavar="NAME", help="the text column (default: text)")
    parser.add_argument("--workers", type=int, default=_processors(), metavar="N", help="processes (default: one a processor)")
    parser.add_argument("--resume", action="store_true", help="go on with a run that did not end")
    parser.add_argument("--removals", metavar="COLUMN", help="keep what was removed, and why, in this column")
    bad = parser.add_argument_group("bad rows: malformed, or the text column missing or not a string")
    bad.add_argument("--on-error", choices=("stop", "skip"), default="stop", help="stop there, or set it aside (default: stop)")
    bad.add_argument("--rejects", metavar="FILE.jsonl", help="where bad rows go (default: OUT.rejects.jsonl)")
    guard = parser.add_argument_group("the guard: documents that would lose too much")
    guard.add_argument("--max-lost", type=float, metavar="SHARE", help="more than this share of its words (0 to 1)")
    guard.add_argument("--min-sentences", type=int, default=0, metavar="N", help="or with fewer sentences left than this")
    guard.add_argument(
        "--guard", choices=ACTIONS, default="keep", help="keep it as it was, drop it, or clean and flag it (default: keep)"
    )
    guard.add_argument("--flag-column", default="guard", metavar="COLUMN", help="where flag says why (default: guard)")
    choice = parser.add_argument_group("what goes, as for cleaner itself")
    add_choices(choice)
    parser.add_argument("--summary", metavar="FILE.json", help="write the summary to this file too")
    parser.add_argument("-q", "--quiet", action="store_true", help="print no summary")
    return parser


def _settings(parser: argparse.ArgumentParser, args: argparse.Namespace) -> Settings:
    """The settings that the arguments ask for.

    Raises:
        RulesError: a bad rules file.
        SystemExit: wrong usage, with status 2.
    """
    pipeline = pipeline_of(parser, args)
    flag = args.flag_column if args.guard == "flag" else None
    if args.workers < 1:
        parser.error("--workers: at least 1")
    if args.guard != "keep" and args.max_lost is None and not args.min_sentences:
        parser.error(f"--guard {args.guard} needs --max-lost or --min-sentences")
    if len({args.field, args.removals, flag} - {None}) < sum(name is not None for name in (args.field, args.removals, flag)):
        parser.error("--field, --removals and --flag-column need different names")
    try:
        batch = Batch(pipeline, Guard(args.max_lost, args.min_sentences, args.guard))
    except ValueError as error:
        parser.error(str(error))
    return Settings(batch, args.field, args.removals, flag)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _problem(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)
