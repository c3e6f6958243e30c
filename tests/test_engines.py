"""The engines, each with its real package where that is installed: what comes out, and how its counts are summed."""

import os
import pickle
import sys
import warnings

import pytest
from corpora import ASK, article, rows

from cleaner import Pipeline
from cleaner.corpus import Batch, Guard

CLEAN = [article(n)[1] for n in range(6)]
#: Six articles, one missing text, one that is all boilerplate.
TEXTS = [*(row["text"] for row in rows(6)), None, ASK]
DATA = {"n": list(range(8)), "text": TEXTS}
DROP = Batch(guard=Guard(max_lost=0.9, action="drop"), removals=True)
ADDED = ["changed", "guard", "removed_lines", "removed_characters"]


def need(name: str, extra: str):
    return pytest.importorskip(name, reason=f"{name} (extra {extra}) is not installed")


def test_the_batch_function():
    out = Batch(removals=True).table(DATA)
    assert list(out) == ["n", "text", *ADDED, "removals"]
    assert out["text"] == [*CLEAN, None, ""]
    assert (out["changed"], out["guard"]) == ([True] * 6 + [False, True], [None] * 8)
    for text, lines, characters, removals in zip(
        TEXTS, out["removed_lines"], out["removed_characters"], out["removals"], strict=True
    ):
        removed = Pipeline().explain(text or "").removed
        assert removals == [removal._asdict() for removal in removed]
        assert sum(lines.values()) == len(removed)
        assert sum(characters.values()) == sum(len(removal.text) for removal in removed)
        assert set(lines) == set(characters) == Pipeline().known_categories
    assert DROP.table(DATA)["n"] == [0, 1, 2, 3, 4, 5, 6]
    kept = Batch(guard=Guard(max_lost=0.9)).table(DATA)
    assert (kept["text"][7], kept["guard"][7], sum(kept["removed_lines"][7].values())) == (ASK, "lost 1.00 of its words", 0)


def test_the_batch_function_can_be_sent_and_refuses_what_it_cannot_clean():
    assert pickle.loads(pickle.dumps(DROP)).table(DATA) == DROP.table(DATA)  # noqa: S301
    with pytest.raises(ValueError, match="there is no column 'body'; the columns are n, text"):
        Batch().table(DATA, "body")
    with pytest.raises(ValueError, match="the column 'guard' is there already"):
        Batch().table({"text": [], "guard": []})
    with pytest.raises(TypeError, match="not int"):
        Batch().table({"text": [1]})
    with pytest.raises(ValueError, match="unknown action 'delete'"):
        Batch(guard=Guard(action="delete"))


def test_arrow():
    pa = need("pyarrow", "parquet")
    from cleaner.engines.arrow import ArrowCleaner, schema

    for type_ in (pa.string(), pa.large_string()):
        table = pa.table({"n": DATA["n"], "text": pa.array(TEXTS, type_)}, metadata={"made": "by hand"})
        found = ArrowCleaner(batch=DROP)(table)
        assert found.schema.equals(schema(table.schema, "text", DROP), check_metadata=True)
        assert found.schema.field("text").type == type_
        assert found.to_pydict() == DROP.table(DATA)
        assert ArrowCleaner(batch=DROP)(table.to_batches()[0]).to_pydict() == DROP.table(DATA)
    missing = ArrowCleaner()(pa.table({"text": pa.nulls(2)}))
    assert (missing.schema.field("text").type, missing["text"].to_pylist()) == (pa.string(), [None, None])
    with pytest.raises(TypeError, match="holds int64, not strings"):
        ArrowCleaner("n")(table)


def test_pandas():
    pd = need("pandas", "pandas")
    from cleaner.engines.frames import clean_pandas

    for dtype in ("object", None):
        frame = pd.DataFrame(DATA, index=list("abcdefgh")).astype({"text": dtype} if dtype else {})
        found = clean_pandas(frame, batch=DROP)
        assert list(found.index) == list("abcdefg")
        assert list(found["text"][:6]) == CLEAN
        assert found["text"].isna().tolist() == [False] * 6 + [True]
        assert found["text"].dtype == frame["text"].dtype
        assert list(found.columns) == ["n", "text", *ADDED, "removals"]
        assert pd.DataFrame(list(found["removed_lines"])).sum()["subscription"] == 6
        assert list(frame["text"][:6]) == TEXTS[:6]


def test_polars():
    pl = need("polars", "polars")
    from cleaner.engines.frames import clean_polars, polars_schema

    frame = pl.DataFrame(DATA)
    found = clean_polars(frame, batch=DROP)
    assert found.to_dict(as_series=False) == DROP.table(DATA)
    assert found["removed_lines"].struct.unnest().sum()["subscription"][0] == 6
    assert found.schema == polars_schema(frame.schema, batch=DROP)
    lazy = frame.lazy().map_batches(clean_polars, schema=polars_schema(frame.schema))
    assert lazy.select("text").collect()["text"].to_list() == [*CLEAN, None, ""]


@pytest.mark.filterwarnings("ignore")
def test_huggingface_datasets():
    datasets = need("datasets", "datasets")
    from cleaner.engines.huggingface import clean_dataset

    datasets.disable_progress_bars()
    data = datasets.Dataset.from_dict(DATA)
    # The guard speaks in the last batch only: its column has its type from the start.
    flag = Batch(guard=Guard(max_lost=0.9, action="flag"))
    found = clean_dataset(data, batch=flag, batch_size=3)
    assert found.to_dict() == flag.table(DATA)
    assert clean_dataset(data, batch=DROP, batch_size=3).to_dict() == DROP.table(DATA)
    streamed = clean_dataset(data.to_iterable_dataset(), batch=flag)
    assert [row["text"] for row in streamed] == [*CLEAN, None, ""]
    assert sum(row["removed_lines"]["subscription"] for row in streamed) == 7


@pytest.mark.filterwarnings("ignore")
def test_datatrove(tmp_path):
    need("datatrove", "datatrove")
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor

    from cleaner.engines.datatrove import ArticleCleaner

    documents = [Document(text=text, id=str(n)) for n, text in enumerate(TEXTS) if text is not None]
    seen = []

    def look(data, rank=0, world_size=1):  # noqa: ARG001 (as a block is called)
        for document in data:
            seen.append(document)
            yield document

    block = ArticleCleaner(DROP)
    stats = LocalPipelineExecutor([documents, block, look], logging_dir=str(tmp_path)).run()
    assert [document.text for document in seen] == CLEAN
    assert seen[0].metadata["removed_lines"] == {"subscription": 1, "legal": 1}
    assert seen[0].metadata["removals"][0]["text"] == f"{ASK}\n"
    (counted,) = [step.stats for step in stats.stats if "article-cleaner" in step.name]
    assert counted["removed_lines/subscription"].total == 7
    assert (counted["total"].total, counted["guard/drop"].total) == (7, 1)


def test_nemo_modifier():
    from cleaner.engines.nemo import ArticleCleaner

    modifier = pickle.loads(pickle.dumps(ArticleCleaner(Batch(guard=Guard(max_lost=0.9)))))  # noqa: S301
    # As their `Modify` calls a modifier of theirs, and any callable.
    assert [modifier.modify_document(text) for text in (TEXTS[0], ASK)] == [CLEAN[0], ASK]
    assert (modifier(TEXTS[0]), modifier.name) == (CLEAN[0], "article_cleaner")
    with pytest.raises(ValueError, match="can only keep documents, not drop them"):
        ArticleCleaner(DROP)


@pytest.fixture(scope="module")
def spark():
    pyspark = need("pyspark", "spark")
    need("pyarrow", "spark")
    import shutil

    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java, which is not installed")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # Else its workers are the `python3` of the path, where nothing need be installed.
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        warnings.simplefilter("ignore")
        builder = pyspark.sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.sql.shuffle.partitions", "1")
        session = builder.getOrCreate()
        yield session
        session.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark(spark):
    from pyspark.sql import functions as F  # noqa: N812

    from cleaner.engines.spark import clean_spark

    frame = spark.createDataFrame(list(zip(DATA["n"], TEXTS, strict=True)), "n long, text string")
    found = clean_spark(frame, batch=DROP).cache()
    listed = sorted((row.asDict(recursive=True) for row in found.collect()), key=lambda row: row["n"])
    expected = DROP.table(DATA)
    assert listed == [dict(zip(expected, values, strict=True)) for values in zip(*expected.values(), strict=True)]
    assert found.select(F.sum("removed_lines.subscription")).first()[0] == 6


@pytest.mark.filterwarnings("ignore")
def test_ray_data():
    ray = need("ray", "ray")
    need("ray.data", "ray")
    from cleaner.engines.ray import clean_ray

    ray.init(num_cpus=1, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    try:
        data = ray.data.from_items([dict(zip(DATA, values, strict=True)) for values in zip(*DATA.values(), strict=True)])
        listed = sorted(clean_ray(data, batch=DROP).take_all(), key=lambda row: row["n"])
    finally:
        ray.shutdown()
    assert [row["text"] for row in listed] == DROP.table(DATA)["text"]
    assert sum(row["removed_lines"]["subscription"] for row in listed) == 6
