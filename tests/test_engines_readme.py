"""The README's examples for engines and extractors run as printed, each where its packages are installed."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = [block for block in re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL) if ">>>" not in block]


def packages(example: str) -> list[str]:
    """The packages that an example imports, in order, the cleaner's own left out."""
    names = re.findall(r"^(?:from|import) (\w+)", example, re.MULTILINE)
    return [name for name in dict.fromkeys(names) if name != "cleaner"]


def test_every_engine_and_extractor_has_its_example():
    shown = {name for example in EXAMPLES for name in packages(example)}
    assert shown == {
        *("pandas", "polars", "datasets", "pyspark", "ray", "datatrove"),
        *("trafilatura", "newspaper", "html_text", "readability"),
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: (packages(example) or ["nemo"])[0])
def test_example(tmp_path, example):
    for name in packages(example):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed (extra engines)")
    if "pyspark" in example and not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java, which is not installed")
    script = tmp_path / "example.py"
    # Saved data sets and logs of these engines go to a folder of the test's own.
    script.write_text(example.replace("/tmp/", f"{tmp_path}/"))  # noqa: S108
    # Spark starts its workers with the `python3` of the path, as in an environment that is active.
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ.get("PATH", "")))
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HF_HOME": str(tmp_path), "RAY_USAGE_STATS_ENABLED": "0"}
    done = subprocess.run([sys.executable, script], cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1:] == re.findall(r"# (\d+)$", example, re.MULTILINE)
