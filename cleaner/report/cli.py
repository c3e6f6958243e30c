"""The command `cleaner report IN... -o report.html`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from cleaner.cli import _label, _problem, _write, add_choices, add_errors, pipeline_of
from cleaner.report.collect import collect
from cleaner.report.data import describe
from cleaner.report.page import page
from cleaner.report.sample import doubtful_first, sample

#: With more documents than this the page grows heavy, and the command says what to do about it.
MANY = 5000

_EPILOG = """\
examples:
  cleaner report texts/ -o report.html                          the .txt files of a folder
  cleaner report corpus.jsonl --field body --site url --sample 200 -o report.html
  cleaner report labelled.jsonl -o report.html                  labelled lines, as cleaner eval reads them
  cleaner report < article.txt > report.html

In the page: n and p go to the next and the previous removal, s and g mark a line "should stay" or "should go", / searches.
The marks can be saved as labelled lines for cleaner eval, and as a rules file for cleaner --rules.

exit status: 0 done; 1 an input could not be read, or the page not written; 2 wrong usage, a malformed record or rules file
"""


def main(argv: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    parser = _parser()
    args = parser.parse_args(argv)
    pipeline, names = pipeline_of(parser, args), args.inputs or ["-"]
    failed: list[str] = []

    def tell(name: str, error: Exception) -> None:
        failed.append(name)
        print(f"cleaner report: {_label(name)}: {_problem(error)}", file=sys.stderr)

    sources = collect(names, field=args.field, site=args.site, errors=args.errors, problem=tell)
    shown, total = sample(sources, args.sample or sys.maxsize, args.seed)
    if not shown:
        print("cleaner report: no document to report on", file=sys.stderr)
        return 1
    if len(shown) > MANY:
        print(f"cleaner report: {len(shown)} documents make a heavy page; --sample 200 draws some", file=sys.stderr)
    documents = doubtful_first(describe(source, pipeline, number) for number, source in enumerate(shown))
    try:
        _write(args.output, page(documents, total=total, seed=args.seed, names=[_label(name) for name in names]))
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"cleaner report: {args.output or 'standard output'}: {_problem(error)}", file=sys.stderr)
        return 1
    removals = sum(len(document["removals"]) for document in documents)
    if args.output not in (None, "-"):
        print(f"{os.fspath(args.output)}: {len(documents)} of {total} documents, {removals} removals", file=sys.stderr)
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cleaner report",
        description="Write one self-contained page that shows documents with what is removed, why, and lets you correct it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("inputs", nargs="*", metavar="IN", help="text files, folders, .jsonl files; none or - is standard input")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the page here (default: standard output)")
    parser.add_argument("--sample", type=_count, metavar="N", help="draw N documents at random (default: all of them)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="draw another sample (default: 0)")
    parser.add_argument("--field", default="text", help="the field of a JSON record that holds the text (default: text)")
    parser.add_argument("--site", default="site", help="the field that holds the site or an address (default: site)")
    add_choices(parser)
    add_errors(parser)
    return parser


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError("a number of documents from 1 on is wanted")
    return int(text)
