"""Run the benchmark with `python -m cleaner.bench`."""

import sys

from cleaner.bench.cli import main

sys.exit(main())
