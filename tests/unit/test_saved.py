"""The store of saved things: whole or not at all, never replaced, and no name or id leads out of its folder."""

from __future__ import annotations

import json
import re
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ntm.errors import NtmError
from ntm.i18n import translator
from ntm.saved import LONGEST_NAME, Saved, listing, load, plain_line, save, unreadable

HOSTILE = [
    "<script>alert(1)</script>", "![x](http://evil/x.png)", '=HYPERLINK("http://evil")', "../../etc/passwd", "$1^2$",
    ":red[x]", "a/b\\c", "'; drop table target; --",
]  # fmt: skip


def kept(folder: Path, name: str = "Phương án", **values: Any) -> Saved:
    return save(
        folder, "scenario", **({"name": name, "author": "Lê Thị Ánh", "snapshot": "a1", "content": {}} | values)
    )


def test_what_is_saved_is_read_back_whole(tmp_path: Path) -> None:
    content = {"closures": [["31333", "2"]], "value": 38.0, "note": None}
    made = kept(tmp_path, content=content)
    assert load(tmp_path, "scenario", made.id) == made == listing(tmp_path, "scenario")[0]
    assert (made.name, made.author, made.snapshot, made.content) == ("Phương án", "Lê Thị Ánh", "a1", content)
    assert abs(datetime.now(UTC) - made.saved_at) < timedelta(minutes=1)


def test_each_saving_is_a_new_file_and_the_latest_stands_first(tmp_path: Path) -> None:
    made = [kept(tmp_path) for _ in range(3)]
    assert len({item.id for item in made}) == 3
    times = [item.saved_at for item in listing(tmp_path, "scenario")]
    assert times == sorted(times, reverse=True)
    assert {path.name for path in (tmp_path / "scenario").iterdir()} == {f"{item.id}.json" for item in made}


def test_a_name_that_is_taken_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("aaaaaaaaaa" + "aaaaaaaaaa" + "bbbbbbbbbb")
    monkeypatch.setattr("ntm.saved.secrets.choice", lambda _: next(letters))
    first, second = kept(tmp_path, "một"), kept(tmp_path, "hai")
    assert (first.id, second.id) == ("aaaaaaaaaa", "bbbbbbbbbb")
    assert [load(tmp_path, "scenario", item.id) for item in (first, second)] == [first, second]


def test_kinds_do_not_see_each_other(tmp_path: Path) -> None:
    made = kept(tmp_path)
    assert listing(tmp_path, "view") == ()
    assert load(tmp_path, "view", made.id) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_kept_as_it_was_typed_and_names_no_file(name: str, tmp_path: Path) -> None:
    made = kept(tmp_path, name, author=name)
    assert (made.name, made.author) == (name, name)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json")] == [f"scenario/{made.id}.json"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("a\nb\tc", "a b c"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("\ud800x\x00", "x"),
        ("  Xa\u0303  ", "Xã"),
        ("\u200b", ""),
    ],
)
def test_text_becomes_one_line_without_marks_that_are_not_seen(typed: str, line: str) -> None:
    assert plain_line(typed) == line


@pytest.mark.parametrize(
    "values", [{"name": " "}, {"name": "\u202e"}, {"name": "x" * (LONGEST_NAME + 1)}, {"author": ""}]
)
def test_nothing_is_saved_without_a_name_and_an_author_of_some_letters(values: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(NtmError) as raised:
        kept(tmp_path, **values)
    assert "{" not in translator("vi")(raised.value.key, **raised.value.values)
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.parametrize(
    "id",
    [
        "../secret",
        "..",
        "",
        ".",
        "/etc/passwd",
        "aaaaaaaaaa/../../secret",
        "AAAAAAAAAA",
        "a" * 11,
        "aaaaaaaaa\n",
        "%2e%2e",
    ],
)
def test_an_id_leads_nowhere_else(id: str, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    kept(folder)
    (tmp_path / "secret.json").write_text((next((folder / "scenario").iterdir())).read_text("utf-8"), "utf-8")
    assert load(folder, "scenario", id) is None


@pytest.mark.parametrize("kind", ["../x", "", "Scenario", "a/b", "."])
def test_a_kind_that_is_none_is_a_fault_of_the_program(kind: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(kind)}$"):
        listing(tmp_path, kind)


def changed(made: Saved, **values: object) -> str:
    plain = {"kind": made.kind, "id": "cccccccccc", "name": "x", "author": "y", "snapshot": "a1", "content": {}}
    return json.dumps(plain | {"saved_at": made.saved_at.isoformat()} | values)


@pytest.mark.parametrize(
    "values",
    [{"id": "dddddddddd"}, {"kind": "view"}, {"content": []}, {"name": 3}, {"name": ""}, {"saved_at": "hôm qua"},
     {"snapshot": None}, {"content": {"x": float("nan")}}],
)  # fmt: skip
def test_a_file_that_says_something_else_is_told_and_the_others_are_listed(
    values: dict[str, object], tmp_path: Path
) -> None:
    made = kept(tmp_path)
    (tmp_path / "scenario" / "cccccccccc.json").write_text(changed(made, **values), "utf-8")
    assert listing(tmp_path, "scenario") == (made,)
    assert unreadable(tmp_path, "scenario") == ("cccccccccc.json",)
    with pytest.raises(NtmError) as raised:
        load(tmp_path, "scenario", "cccccccccc")
    assert "cccccccccc.json" in translator("vi")(raised.value.key, **raised.value.values)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"{}", b"[" * 100_000, b'{"a":"' + b"x" * 1_000_001 + b'"}']
)
def test_damaged_files_break_nothing(content: bytes, tmp_path: Path) -> None:
    made = kept(tmp_path)
    (tmp_path / "scenario" / "danh sách.json").write_bytes(content)
    (tmp_path / "scenario" / ".aaaaaaaaaa.1.new").write_bytes(content)
    (tmp_path / "scenario" / "ghi chú.txt").write_bytes(content)
    (tmp_path / "scenario" / "dir.json").mkdir()
    assert listing(tmp_path, "scenario") == (made,)
    assert unreadable(tmp_path, "scenario") == ("danh sách.json", "dir.json")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "scenario").write_text("a file, not a folder")
    with pytest.raises(NtmError) as raised:
        kept(tmp_path)
    assert raised.value.key == "saved.not_written"


def test_content_that_json_cannot_hold_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        kept(tmp_path, content={"x": float("inf")})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_two_writers_at_once_get_two_files_and_readers_see_whole_ones(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: kept(tmp_path, f"tên {number}", content={"x": "y" * 5000}), range(40)))
        seen = list(pool.map(lambda _: unreadable(tmp_path, "scenario"), range(40)))
    assert set(seen) == {()}
    assert {item.id for item in listing(tmp_path, "scenario")} == {item.id for item in made}


def _save_ten(folder: Path) -> list[str]:
    return [kept(folder).id for _ in range(10)]


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        ids = [id for part in pool.map(_save_ten, [tmp_path, tmp_path]) for id in part]
    assert len({item.id for item in listing(tmp_path, "scenario")}) == len(set(ids)) == 20
