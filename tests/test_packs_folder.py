"""A language is a file: packs that are added, changed or broken, in a copy of the packs folder."""

import shutil
from pathlib import Path

import pytest

import cleaner.index
import cleaner.lexicon
import cleaner.scan
from cleaner import PackError, Pipeline
from cleaner.lexicon import available

PACKS = Path(cleaner.lexicon.PACKS)


@pytest.fixture
def other_packs(tmp_path, monkeypatch):
    """A copy of the packs folder that the library reads instead; what it remembers of the real one is forgotten twice."""
    folder = tmp_path / "packs"
    shutil.copytree(PACKS, folder, ignore=shutil.ignore_patterns("__pycache__"))

    def forget():
        cleaner.lexicon.load.cache_clear()
        cleaner.scan.lexicon.cache_clear()

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cleaner.lexicon, "PACKS", str(folder))
    monkeypatch.setattr(cleaner.index, "PACKS", str(folder))
    forget()
    yield folder
    forget()


KEPT = "Morvo tesk aland bruve sennit olva, ka tirel moss undra felk: so was it told in Uvarra for a hundred years."
OTHER = "Sorva un drave melor ina kesta, olma tirre hask, ka numel drunt over fassa: none in Uvarra has forgotten it since."
TEXT = f"{KEPT}\nVreti zum klabo!\n{OTHER}\n3 brumo 2024"
PACK = "# Uvarran\n[calendar]\nmonth brumo\n\n[subscription]\nstarts vreti zum\n"


def test_a_language_is_a_file_and_nothing_else(other_packs):
    with pytest.raises(ValueError, match=r"unknown language 'qx'; there are packs for .*en"):
        Pipeline(learned=False, languages={"qx"})
    assert Pipeline(learned=False).clean(TEXT) == TEXT
    (other_packs / "qx.txt").write_text(PACK, encoding="utf-8")
    cleaner.scan.lexicon.cache_clear()
    assert "qx" in available()
    for pipeline in (
        Pipeline(learned=False, languages={"qx"}),
        Pipeline(learned=False),
        Pipeline(learned=False, languages={"qx", "en"}),
    ):
        gone = {(removal.line, removal.category) for removal in pipeline.explain(TEXT).removed}
        assert gone == {(2, "subscription"), (4, "metadata")}
    assert Pipeline(learned=False, languages={"en"}).clean(TEXT) == TEXT


def test_a_pack_that_changes_is_read_again(other_packs):
    path = other_packs / "qx.txt"
    path.write_text(PACK, encoding="utf-8")
    assert (2, "subscription") in {(r.line, r.category) for r in Pipeline(learned=False, languages={"qx"}).explain(TEXT).removed}
    path.write_text(PACK.replace("[subscription]", "[notification]"), encoding="utf-8")
    # As in a new process: nothing but the index file in the cache is left of the first reading.
    cleaner.lexicon.load.cache_clear()
    cleaner.scan.lexicon.cache_clear()
    assert (2, "notification") in {(r.line, r.category) for r in Pipeline(learned=False, languages={"qx"}).explain(TEXT).removed}


@pytest.mark.parametrize("damage", [b"", b"\x00\x01junk", b"{0"], ids=["empty", "junk", "other-table"])
def test_a_damaged_index_file_is_made_anew(other_packs, damage):
    (other_packs / "qx.txt").write_text(PACK, encoding="utf-8")
    expected = Pipeline(learned=False, languages={"qx"}).clean(TEXT)
    assert expected != TEXT
    (path,) = (other_packs.parent / "cache" / "article-cleaner").glob("*.index")
    path.write_bytes(damage)
    cleaner.scan.lexicon.cache_clear()
    assert Pipeline(learned=False, languages={"qx"}).clean(TEXT) == expected


def test_nothing_is_written_beside_the_packs(other_packs):
    before = sorted(path.name for path in other_packs.iterdir())
    Pipeline(languages={"en"}).clean(TEXT)
    assert sorted(path.name for path in other_packs.iterdir()) == before


def test_where_nothing_can_be_written_the_packs_are_read(other_packs, monkeypatch):
    (other_packs / "qx.txt").write_text(PACK, encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(other_packs / "qx.txt"))
    assert Pipeline(learned=False, languages={"qx"}).clean(TEXT) != TEXT


def test_a_bad_pack_is_named_when_it_is_used(other_packs):
    (other_packs / "qx.txt").write_text("[legal]\nhaz a b\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"qx\.txt:2: unknown mode 'haz'"):
        Pipeline(learned=False, languages={"qx"}).clean(TEXT)
