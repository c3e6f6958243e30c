"""The command and its bytes: encodings, line ends, files that are missing, readers that hang up."""

import subprocess
import sys

import pytest
from test_cli import ASK, CLEAN, DIRTY, KEPT, NEWS, NOTE, ROOT, files, run


def test_invalid_utf8_is_refused_with_its_byte(tmp_path):
    done = run(data=KEPT.encode() + b"caf\xe9\n")
    assert (done.returncode, done.stdout) == (1, b"")
    assert f"<stdin>: not UTF-8 at byte {len(KEPT) + 3} (0xe9)" in done.stderr.decode()
    assert b"--errors replace" in done.stderr
    (tmp_path / "latin.txt").write_bytes(b"\xff")
    assert b"latin.txt: not UTF-8 at byte 0 (0xff)" in run(tmp_path / "latin.txt").stderr


def test_invalid_utf8_can_be_replaced():
    done = run("--errors", "replace", "--no-repair", data=DIRTY.encode() + b"caf\xe9 au lait.\n")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, CLEAN + "caf\ufffd au lait.\n", b"")


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"", b""),
        (b"\n\n", b"\n\n"),
        (DIRTY.replace("\n", "\r\n").encode(), CLEAN.replace("\n", "\r\n").encode()),
        (b"\xef\xbb\xbf" + DIRTY.encode(), b"\xef\xbb\xbf" + CLEAN.encode()),
        (b"\xef\xbb\xbf" + (NEWS + KEPT).encode(), b"\xef\xbb\xbf" + KEPT.encode()),
        (DIRTY.rstrip("\n").encode(), CLEAN.rstrip("\n").encode()),
        ((KEPT + NEWS).rstrip("\n").encode(), KEPT.rstrip("\n").encode()),
        (KEPT.encode() + b"\n\n\n", KEPT.encode() + b"\n\n\n"),
        (NEWS.encode(), b""),
        ("Ça alors : l’été\u00a0!\n".encode(), "Ça alors : l’été\u00a0!\n".encode()),
    ],
    ids=[
        "empty",
        "blank",
        "crlf",
        "bom",
        "bom-first-gone",
        "no-final",
        "no-final-last-gone",
        "final-blanks",
        "all",
        "accents",
    ],
)
def test_bytes_that_stay_stay(data, left):
    done = run(data=data)
    assert (done.returncode, done.stdout, done.stderr) == (0, left, b"")


def test_repair_can_be_switched_off():
    damaged = KEPT + "Ours is the cafÃ© by the river &amp; the mill, and it is open again.\n"
    assert run("--no-repair", data=damaged).stdout.decode() == damaged
    assert run(data=damaged).stdout.decode() == KEPT + "Ours is the café by the river & the mill, and it is open again.\n"


@pytest.mark.parametrize("to_folder", [False, True], ids=["output", "folder"])
def test_a_missing_file_does_not_stop_the_others(tmp_path, to_folder):
    one, two = files(tmp_path, one=DIRTY, two=NEWS + NOTE)
    done = run(one, tmp_path / "none.txt", two, *(["-o", f"{tmp_path}/out/"] if to_folder else []))
    assert done.returncode == 1
    assert f"{tmp_path}/none.txt: No such file or directory" in done.stderr.decode()
    if to_folder:
        assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {"one.txt": CLEAN, "two.txt": NOTE}
    else:
        assert done.stdout.decode() == CLEAN + NOTE


def test_a_folder_is_no_input_file(tmp_path):
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith(f"cleaner: {tmp_path}: ")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="paths of Unix")
def test_an_output_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = run("-o", tmp_path / "file" / "out.txt", data=DIRTY)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert f"cleaner: {tmp_path}/file/out.txt: " in done.stderr.decode()


def test_an_explain_file_that_cannot_be_written(tmp_path):
    done = run("--explain", tmp_path / "none" / "log.jsonl", data=DIRTY)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Unix")
def test_a_reader_that_hangs_up_sees_no_traceback(tmp_path):
    # Far more than a pipe holds, in two files: the first write fails while the reader is gone.
    lines = "".join(f"{n}: {KEPT}" for n in range(4000))
    one, two = files(tmp_path, one=lines, two=lines)
    command = [sys.executable, "-m", "cleaner", str(one), str(two)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.read(10) == b"0: The bri"
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) == 141
    assert said == b""


def test_the_texts_used_here_hold_what_they_should():
    # The tables above take these apart: nothing but the sign-up line goes from `DIRTY`.
    assert DIRTY.count(NEWS) == 1
    assert DIRTY.replace(NEWS, "") == CLEAN
    assert run(data=KEPT + ASK).stdout.decode() == KEPT
