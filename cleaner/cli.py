"""The command: a Unix filter. Arguments, reading, writing and exit codes; what is removed is decided elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from cleaner.errors import CleanerError
from cleaner.version import __version__

if TYPE_CHECKING:
    import argparse

    from cleaner.pipeline import Pipeline
    from cleaner.result import Result

#: How the names of files end that `--explain` may write.
LOGS = (".jsonl", ".json", ".log", os.devnull)

_EPILOG = """\
examples:
  cleaner < dirty.txt > clean.txt           the one-line filter
  cleaner --diff article.txt                what goes and what stays
  cleaner --explain article.txt             each removal with line, category, reason and evidence, on standard error
  cleaner --only donation,comment_prompt    remove these categories and no other
  cleaner --keep metadata,legal             remove all but these
  cleaner eval labelled.jsonl --errors KH   how well it does on your own labelled lines (cleaner eval --help)
  cleaner report texts/ -o report.html      a page on which a person checks what goes (cleaner report --help)
  cleaner corpus news.jsonl -o clean.jsonl  files of many documents, on all processors (cleaner corpus --help)
  cleaner --rules mine.toml *.txt -o out/   your own cues and protected phrases; one clean file for each input

exit status: 0 done; 1 an input could not be read or decoded, or the output not written; 2 wrong usage or a bad rules file
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit status; 2 is raised as `SystemExit` by argparse for wrong usage."""
    argv = sys.argv[1:] if argv is None else argv
    try:
        if not argv:
            # The one-line filter needs no parser, and should feel instant.
            return _filter()
        if argv[0] == "eval":
            from cleaner.evaluate import main as evaluate

            return evaluate(argv[1:])
        if argv[0] == "report":
            from cleaner.report.cli import main as report

            return report(argv[1:])
        if argv[0] == "corpus":
            from cleaner.corpus.cli import main as corpus

            return corpus(argv[1:])
        parser = _parser()
        args = parser.parse_args(argv)
        if args.list:
            return _list()
        if args.explain not in (None, "-") and not args.explain.endswith(LOGS):
            # `--explain article.txt` means the article, which must not be written over.
            args.files.insert(0, args.explain)
            args.explain = "-"
        return _run(parser, args, pipeline_of(parser, args))
    except BrokenPipeError:
        # The reader has had enough. Python would complain once more at exit while it flushes what nobody wants.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except CleanerError as error:
        print(f"cleaner: {error}", file=sys.stderr)
        return 2


def _filter() -> int:
    from cleaner.pipeline import Pipeline

    try:
        text = _read("-", "strict")
    except (OSError, UnicodeDecodeError) as error:
        print(f"cleaner: {_label('-')}: {_problem(error)}", file=sys.stderr)
        return 1
    _write(None, Pipeline().clean(text))
    return 0


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="cleaner",
        description="Give back the article alone: reads the text that an article extractor returned and writes it without "
        "donation appeals, comment prompts, notification banners, repeats and the other lines that are not the article.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="input files, UTF-8; none or - is standard input")
    parser.add_argument("-o", "--output", metavar="PATH", help="write to this file, or into this folder (one file each)")
    add_choices(parser)
    add_errors(parser)
    show = parser.add_argument_group("seeing what goes")
    show.add_argument(
        "--explain",
        nargs="?",
        const="-",
        metavar="FILE.jsonl",
        help="print each removal with its evidence on standard error, or write them as JSON lines to a file of that name",
    )
    show.add_argument("--diff", action="store_true", help="print kept and removed lines together instead of the clean text")
    show.add_argument("--stats", action="store_true", help="print what was removed by category, on standard error")
    show.add_argument("--list", action="store_true", help="list categories, filters and languages, and exit")
    parser.add_argument("--version", action="version", version=f"cleaner {__version__}")
    return parser


def add_choices(parser: argparse._ActionsContainer) -> None:
    """The options that say what goes, the same ones for every command that cleans; `pipeline_of` reads them."""
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--only", metavar="CATEGORIES", help="remove only these categories, comma-separated")
    choice.add_argument("--keep", metavar="CATEGORIES", help="keep these categories, comma-separated")
    parser.add_argument("--corrections", action="store_true", help="remove corrections and editor's notes too")
    parser.add_argument("--lang", metavar="CODES", help="use only the packs of these languages, comma-separated: en,de")
    parser.add_argument("--rules", metavar="FILE", help="a TOML file with your own cues and protected phrases")
    parser.add_argument("--no-repair", action="store_true", help="leave the encoding of kept lines alone")


def add_errors(parser: argparse.ArgumentParser) -> None:
    """The option that says how text files are decoded."""
    parser.add_argument(
        "--errors",
        choices=("strict", "replace"),
        default="strict",
        help="what to do with invalid UTF-8 (default: strict)",
    )


def pipeline_of(parser: argparse.ArgumentParser, args: argparse.Namespace) -> Pipeline:
    """The pipeline that the options of `add_choices` ask for.

    Raises:
        RulesError: a bad rules file.
        SystemExit: an unknown category or language, with status 2.
    """
    from cleaner.pipeline import Pipeline
    from cleaner.rules import Rules

    rules = Rules.load(args.rules) if args.rules else None
    try:
        pipeline = Pipeline(
            languages=frozenset(_names(args.lang)) if args.lang else None,
            repair_encoding=not args.no_repair,
            rules=rules,
        )
        if args.only:
            pipeline = pipeline.only(*_names(args.only))
        if args.keep:
            pipeline = pipeline.keeping(*_names(args.keep))
        if args.corrections:
            pipeline = pipeline.removing("correction")
    except ValueError as error:
        parser.error(str(error))
    return pipeline


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _run(parser: argparse.ArgumentParser, args: argparse.Namespace, pipeline: Pipeline) -> int:
    names = args.files or ["-"]
    folder = args.output is not None and (os.path.isdir(args.output) or args.output.endswith(os.sep))
    if args.output and not folder and len(names) > 1:
        parser.error("several files need a folder to go to: end -o PATH with a slash")
    if folder and "-" in names:
        parser.error("standard input needs a file to go to, not a folder")
    if args.explain not in (None, "-"):
        try:
            log = open(args.explain, "w", encoding="utf-8")  # noqa: SIM115 (closed below; only opening may fail here)
        except OSError as error:
            print(f"cleaner: {args.explain}: {_problem(error)}", file=sys.stderr)
            return 1
        with log:
            return _each(args, pipeline, names, folder, log)
    return _each(args, pipeline, names, folder, None)


def _each(args: argparse.Namespace, pipeline: Pipeline, names: list[str], folder: bool, log: TextIO | None) -> int:
    from cleaner import show

    status, totals = 0, show.Totals()
    for name in names:
        try:
            text = _read(name, args.errors)
        except (OSError, UnicodeDecodeError) as error:
            print(f"cleaner: {_label(name)}: {_problem(error)}", file=sys.stderr)
            status = 1
            continue
        result = pipeline.explain(text)
        totals.add(result)
        _tell(args, name, result, pipeline, log)
        try:
            if args.diff:
                colour = sys.stdout.isatty() and args.output is None and "NO_COLOR" not in os.environ
                out = show.diff(result, colour=colour)
            else:
                out = result.text
            _write(_target(args.output, name, folder), out)
        except BrokenPipeError:
            raise
        except OSError as error:
            print(f"cleaner: {args.output or 'standard output'}: {_problem(error)}", file=sys.stderr)
            return 1
    if args.stats:
        sys.stderr.write(totals.table())
    return status


def _tell(args: argparse.Namespace, name: str, result: Result, pipeline: Pipeline, log: TextIO | None) -> None:
    if args.explain is None:
        return
    for removal, why in zip(result.removed, pipeline.why(result.source), strict=True):
        if args.explain == "-":
            shown = " ".join(removal.text.split())
            shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
            print(f"{_label(name)}:{removal.line}: {removal.category}: {removal.reason} [{shown}]", file=sys.stderr)
            for sentence in why.sentences():
                print(f"    {sentence}", file=sys.stderr)
        elif log is not None:
            import json

            row = {"file": _label(name), **removal._asdict(), "why": why._asdict()}
            log.write(json.dumps(row, ensure_ascii=False) + "\n")


def _label(name: str) -> str:
    return "<stdin>" if name == "-" else name


def _problem(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 at byte {error.start} (0x{error.object[error.start]:02x}); --errors replace reads on"
    return getattr(error, "strerror", None) or str(error)


def _read(name: str, errors: str) -> str:
    if name == "-":
        return sys.stdin.buffer.read().decode("utf-8", errors)
    with open(name, "rb") as file:
        return file.read().decode("utf-8", errors)


def _target(output: str | None, name: str, folder: bool) -> str | None:
    return os.path.join(output or "", os.path.basename(name)) if folder else output


def _write(path: str | None, text: str) -> None:
    # Bytes, so that no line end is translated on any system.
    data = text.encode("utf-8", "surrogatepass")
    if path is None or path == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def _list() -> int:
    from cleaner.categories import CATEGORIES, KEPT_BY_DEFAULT
    from cleaner.lexicon import available
    from cleaner.pipeline import FILTERS

    print("categories:")
    for name, holds in CATEGORIES.items():
        print(f"  {name:<16}{holds}{' [kept]' if name in KEPT_BY_DEFAULT and 'kept' not in holds else ''}")
    print("\nfilters:")
    for filter_ in FILTERS:
        print(f"  {filter_.name:<38}{', '.join(sorted(filter_.categories))}")
    print(f"\nlanguages:\n  {' '.join(available())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
