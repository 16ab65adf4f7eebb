"""Questions that attack: each is refused or stopped, within the limits, while others are answered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from ntm.query_room.example_files import examples
from ntm.query_room.room import Answer, Limits, QueryError, Room

SECONDS = 5.0
SHORT = Limits(seconds=1.5)
MARGIN = 1.5
GREETING = "select 'xin chào' as loi_chao, 42 as so"
NOT_SELECT, NOT_ONE, NO_ACCESS = "query.not_select", "query.not_one", "query.no_access"
SLOW, MEMORY, UNKNOWN = "query.too_slow", "query.too_much_memory", "query.unknown_name"
SYNTAX, FAILED, CRASHED = "query.syntax", "query.failed", "query.crashed"

REFUSED: dict[str, tuple[str, set[str]]] = {
    "read csv": ("select * from read_csv('{secret}')", {NO_ACCESS}),
    "read csv auto": ("select * from read_csv_auto('{secret}', header = false)", {NO_ACCESS}),
    "sniff csv": ("select * from sniff_csv('{secret}')", {NO_ACCESS}),
    "read text": ("select * from read_text('{secret}')", {NO_ACCESS}),
    "read blob": ("select * from read_blob('{secret}')", {NO_ACCESS}),
    "read json": ("select * from read_json('{secret}')", {NO_ACCESS}),
    "read parquet": ("select * from read_parquet('{secret}')", {NO_ACCESS}),
    "parquet metadata": ("select * from parquet_metadata('{secret}')", {NO_ACCESS}),
    "read the snapshot's own bytes": ("select * from read_blob('{file}')", {NO_ACCESS}),
    "read the system": ("select * from read_text('/proc/self/environ')", {NO_ACCESS}),
    "list a folder": ("select * from glob('{folder}/*')", {NO_ACCESS}),
    "list the root": ("select * from glob('/*')", {NO_ACCESS}),
    "a file as a table": ("select * from '{secret}'", {NO_ACCESS, UNKNOWN}),
    "a file as a table, quoted": ('from "{secret}"', {NO_ACCESS, UNKNOWN}),
    "a file in a subquery": ("select (select count(*) from '{secret}') from snapshot", {NO_ACCESS, UNKNOWN}),
    "a file through query()": ("select * from query('from read_text(''{secret}'')')", {NO_ACCESS}),
    "a file through query_table()": ("select * from query_table('{secret}')", {NO_ACCESS, UNKNOWN}),
    "another database": ("select * from read_duckdb('{other}')", {NO_ACCESS, UNKNOWN}),
    "the network": ("select * from read_csv('http://127.0.0.1:9/x.csv')", {NO_ACCESS, UNKNOWN}),
    "the network by s3": ("select * from read_parquet('s3://bucket/x.parquet')", {NO_ACCESS, UNKNOWN}),
    "the network as a table": ("select * from 'https://127.0.0.1:9/x.parquet'", {NO_ACCESS, UNKNOWN}),
    "copy to": ("copy (select 1) to '{target}'", {NOT_SELECT}),
    "copy from": ("copy snapshot from '{secret}'", {NOT_SELECT}),
    "copy of a database": ("copy from database x to y", {NOT_SELECT}),
    "copy that is explained": ("explain analyze copy (select 1) to '{target}'", {NOT_SELECT}),
    "copy in a query()": (
        "select * from query('copy (select 1) to ''{target}''')",
        {NO_ACCESS, SYNTAX, UNKNOWN, FAILED},
    ),
    "log to a file": (
        "select * from enable_logging('QueryLog', storage = 'file', storage_path = '{folder}')",
        {NO_ACCESS, UNKNOWN, FAILED},
    ),
    "attach": ("attach '{other}' as other", {NOT_SELECT}),
    "detach": ("detach ntm", {NOT_SELECT}),
    "use": ("use memory", {NOT_SELECT}),
    "export": ("export database '{folder}'", {NOT_SELECT, NOT_ONE}),
    "import": ("import database '{folder}'", {NOT_SELECT, NOT_ONE, NO_ACCESS}),
    "install": ("install httpfs", {NOT_SELECT}),
    "install from elsewhere": ("install h3 from community", {NOT_SELECT}),
    "load": ("load '{secret}'", {NOT_SELECT}),
    "load httpfs": ("load httpfs", {NOT_SELECT}),
    "pragma": ("pragma database_list", {NOT_SELECT, NOT_ONE, "answered"}),
    "pragma that sets": ("pragma memory_limit = '64GB'", {NOT_SELECT}),
    "set": ("set enable_external_access = true", {NOT_SELECT}),
    "set global": ("set global memory_limit = '64GB'", {NOT_SELECT}),
    "reset": ("reset lock_configuration", {NOT_SELECT}),
    "set variable": ("set variable x = 1", {NOT_SELECT}),
    "call": ("call pragma_version()", {NOT_SELECT}),
    "checkpoint": ("checkpoint", {NOT_SELECT}),
    "vacuum": ("vacuum", {NOT_SELECT}),
    "begin": ("begin transaction", {NOT_SELECT}),
    "create table": ("create table mine as select 1", {NOT_SELECT}),
    "create temporary table": ("create temp table mine as select 1", {NOT_SELECT}),
    "create view on a file": ("create view mine as select * from '{secret}'", {NOT_SELECT}),
    "create macro": ("create macro mine() as table select * from read_text('{secret}')", {NOT_SELECT}),
    "create secret": ("create secret (type s3, key_id 'a', secret 'b')", {NOT_SELECT}),
    "insert": ("insert into snapshot select * from snapshot", {NOT_SELECT}),
    "update": ("update snapshot set build_id = 'x'", {NOT_SELECT}),
    "delete": ("delete from snapshot", {NOT_SELECT}),
    "drop": ("drop table snapshot", {NOT_SELECT}),
    "alter": ("alter table snapshot add column x integer", {NOT_SELECT}),
    "truncate": ("truncate snapshot", {NOT_SELECT}),
    "merge": ("merge into snapshot using snapshot as s on true when matched then delete", {NOT_SELECT}),
    "comment": ("comment on table snapshot is 'x'", {NOT_SELECT}),
    "delete in a with": (
        "with gone as (delete from snapshot returning *) select * from gone",
        {SYNTAX, FAILED, UNKNOWN, NOT_SELECT},
    ),
    "prepare": ("prepare mine as delete from snapshot", {NOT_SELECT}),
    "execute": ("execute mine", {NOT_SELECT}),
    "two statements": ("select 1; delete from snapshot", {NOT_ONE}),
    "two statements on two lines": ("select 1\n;\n-- nothing\ncopy snapshot to '{target}';", {NOT_ONE}),
    "statement behind a comment": ("/* select 1 */ delete /* from x */ from snapshot -- select", {NOT_SELECT}),
    "statement behind nested comments": ("/* /* */ select 1; */ drop table snapshot", {NOT_SELECT, SYNTAX, NOT_ONE}),
    "statement behind a quotation": ("select '--'; attach '{other}'", {NOT_ONE}),
    "statement behind dollar quotes": ("select $$;$$; drop table snapshot", {NOT_ONE}),
    "wide letters": ("ｄｅｌｅｔｅ　ｆｒｏｍ　ｓｎａｐｓｈｏｔ", {SYNTAX}),
    "unseen letters": ("del\u200bete from snapshot", {SYNTAX}),
    "spaces of other kinds": ("delete\u00a0from\u2003snapshot", {NOT_SELECT, SYNTAX}),
    "letters that turn the reading": ("\u202edelete from snapshot", {SYNTAX, NOT_SELECT}),
    "nul": ("select 1 \x00; drop table snapshot", {SYNTAX, NOT_ONE, "answered"}),
    "an environment variable": ("select getenv('NTM_SECRET')", {UNKNOWN, NO_ACCESS}),
    "values of a template": ("select * from mart_commune_month where unit_code = $unit", {"query.parameters"}),
    "pivot with unknown columns": ("pivot mart_commune_month on standard using count(*)", {NOT_ONE, NOT_SELECT}),
    "variables of the process": ("select * from limits", {UNKNOWN}),
    "modules of the process": ("select * from connection", {UNKNOWN}),
    "nothing": (" \n-- chỉ có chú thích\n", {"query.empty"}),
    "no SQL": ("Xin cho biết có bao nhiêu xã đạt chuẩn", {SYNTAX}),
    "huge list": ("select 1 where 1 in (" + "1," * 6_000 + "1)", {"query.too_long"}),
    "deep nesting": ("select " + "(" * 4_900 + "1" + ")" * 4_900, {SYNTAX, FAILED, CRASHED, MEMORY}),
    "deep subqueries": (
        "select * from (" * 600 + "select 1" + ")" * 600,
        {SYNTAX, FAILED, CRASHED, MEMORY, SLOW, "answered"},
    ),
    "many columns": ("select " + ", ".join("1" for _ in range(200)), {"query.too_many_columns"}),
    "long text": ("select repeat('x', 100000) as long_text", {"query.long_cell"}),
    "text of a gigabyte": ("select repeat('x', 1000000000) as long_text", {MEMORY}),
    "text that doubles": (
        "with recursive a(t, n) as (select 'xxxxxxxx', 0 union all select t || t, n + 1 from a where n < 40)"
        " select max(length(t)) from a",
        {MEMORY, FAILED, CRASHED},
    ),
    "list of everything": ("select list(i) from range(1000000000) as r(i)", {MEMORY, SLOW}),
    "list made at once": ("select len(range(10000000000))", {MEMORY, FAILED}),
    "texts put together": (
        "select string_agg(i::varchar || repeat('x', 100), ',') from range(100000000) as r(i)",
        {MEMORY, SLOW},
    ),
    "padding": ("select lpad('x', 2000000000, 'y')", {MEMORY, FAILED, SLOW}),
    "wide rows": ("select repeat('x', 30000) as t from range(4000)", {"query.too_large", MEMORY}),
    "sorting more than fits": (
        "select * from range(1000000000) as r(i) order by hash(i) limit 1000000",
        {MEMORY, SLOW},
    ),
}
"""What is tried -> the question, and the reasons that may be given."""

STOPPED = {
    "recursion without end": "with recursive a(n) as (select 1 union all select n + 1 from a) select max(n) from a",
    "recursion without growth": "with recursive a(n) as (select 1 union all select 1 from a) select count(*) from a",
    "everything by everything": "select count(*) from raw_cell a, raw_cell b, raw_cell c where a.text < b.text",
    "a thousand billion rows": "select sum(hash(i)) from generate_series(1, 1000000000000) as r(i)",
}
"""Questions that never end by themselves."""


@pytest.fixture(scope="module")
def snapshot(sample_warehouse: Path) -> Path:
    return sample_warehouse / (sample_warehouse / "current").read_text("utf-8").strip()


@pytest.fixture(scope="module")
def places(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files that a question must not read or write."""
    folder = tmp_path_factory.mktemp("ben_ngoai")
    (folder / "secret.csv").write_text("mat_khau\nkhong_duoc_doc\n", encoding="utf-8")
    duckdb.connect(str(folder / "other.duckdb")).close()
    return {
        "folder": folder,
        "secret": folder / "secret.csv",
        "other": folder / "other.duckdb",
        "target": folder / "written.csv",
        "file": snapshot,
    }


@pytest.fixture(scope="module")
def room() -> Room:
    return Room()


@pytest.fixture(autouse=True)
def a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_SECRET", "khong_duoc_doc")


def outcome(room: Room, snapshot: Path, sql: str) -> tuple[str, str]:
    """Return why a question was refused, or 'answered', and all that was said."""
    try:
        answer = room.ask(snapshot, sql)
    except QueryError as refused:
        return refused.key, f"{refused.said} {refused.values}"
    return "answered", answer.rows.to_string()


@pytest.mark.parametrize("attack", REFUSED)
def test_an_attack_is_refused_and_says_nothing(
    attack: str, room: Room, snapshot: Path, places: dict[str, Path]
) -> None:
    text, reasons = REFUSED[attack]
    for name, path in places.items():
        text = text.replace(f"{{{name}}}", str(path))
    before = {path: path.stat().st_mtime_ns for path in places["folder"].iterdir()}
    began = time.monotonic()
    reason, said = outcome(Room(SHORT) if SLOW in reasons else room, snapshot, text)
    assert time.monotonic() - began < SECONDS + MARGIN
    assert reason in reasons, said
    assert "khong_duoc_doc" not in said
    assert {path: path.stat().st_mtime_ns for path in places["folder"].iterdir()} == before


@pytest.mark.parametrize("attack", STOPPED)
def test_a_question_without_end_is_stopped_while_another_is_answered(attack: str, snapshot: Path) -> None:
    room = Room(SHORT)
    found: list[tuple[str, str]] = []
    asking = threading.Thread(target=lambda: found.append(outcome(room, snapshot, STOPPED[attack])))
    began = time.monotonic()
    asking.start()
    assert outcome(Room(), snapshot, GREETING)[0] == "answered"
    asking.join()
    assert time.monotonic() - began < SECONDS + MARGIN
    assert found[0][0] in {SLOW, MEMORY}
    assert children() == []


def test_the_real_limit_is_five_seconds(room: Room, snapshot: Path) -> None:
    assert room.limits.seconds == SECONDS
    began = time.monotonic()
    assert outcome(room, snapshot, STOPPED["recursion without growth"])[0] in {SLOW, MEMORY}
    assert time.monotonic() - began < SECONDS + MARGIN


def children() -> list[int]:
    """Return the processes of the room that are still there."""
    listed = Path("/proc").glob(f"{os.getpid()}/task/*/children")
    pids = [int(pid) for path in listed for pid in path.read_text().split()]
    return [pid for pid in pids if b"child.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_the_kernel_holds_the_child_to_its_limits(snapshot: Path) -> None:
    """Address space, files, and no variable of the server: read from the process while it works."""
    room = Room(SHORT)
    asking = threading.Thread(target=outcome, args=(room, snapshot, STOPPED["recursion without growth"]))
    asking.start()
    try:
        process = Path(f"/proc/{awaited(children)[0]}")
        limits = awaited(lambda: re.search(r"open files +0 +0", (process / "limits").read_text()))
        found = (process / "limits").read_text()
        space = int(re.search(r"Max address space +(\d+)", found)[1])  # type: ignore[index]
        status = (process / "status").read_text()
        resident = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024  # type: ignore[index]
        environment = (process / "environ").read_bytes()
    finally:
        asking.join()
    assert limits
    assert space < 3 * 2**30
    assert resident < SHORT.memory_mb * 2**20
    assert b"NTM_" not in environment
    assert b"PATH=" not in environment


def awaited(look):  # type: ignore[no-untyped-def]
    until = time.monotonic() + 10
    while not (found := look()) and time.monotonic() < until:
        time.sleep(0.02)
    assert found
    return found


@pytest.fixture(scope="module")
def answer(room: Room, snapshot: Path) -> Answer:
    return room.ask(
        snapshot,
        """
        select 'xã' as ten, 1 as ten, 2.50::decimal(18, 6) as tien, date '2022-12-31' as ngay, true as dung,
            timestamp '2022-12-31 10:00:00' as luc, [1, 2, null] as ds, null as trong, 'inf'::double as vo_cuc,
            date 'infinity' as xa, sum(i) as tong, {'a': 1} as cau, '\\xAA'::blob as byte, interval 1 month as khoang
        from range(3) as r(i)
        """,
    )


def test_values_come_back_as_numbers_days_and_text(answer: Answer) -> None:
    row = answer.rows.iloc[0]
    assert list(answer.columns[:2]) == ["ten", "ten (2)"]
    assert answer.types[:4] == ("VARCHAR", "INTEGER", "DECIMAL(18,6)", "DATE")
    assert (row["ten"], row["ten (2)"], row["tien"], row["dung"], row["tong"]) == ("xã", 1, 2.5, True, 3)
    assert answer.rows["ngay"].dt.date.iloc[0].isoformat() == "2022-12-31"
    assert row["luc"] == "2022-12-31 10:00:00"
    assert row["ds"] == "1, 2, –"
    assert row["vo_cuc"] == "∞"
    assert answer.rows["trong"].isna().all()
    assert not answer.is_cut


def test_more_rows_than_the_limit_are_cut_and_said(snapshot: Path) -> None:
    answer = Room(Limits(rows=10)).ask(snapshot, "select i from range(1000000000000) as r(i)")
    assert (len(answer.rows), answer.is_cut) == (10, True)
    whole = Room(Limits(rows=10)).ask(snapshot, "select i from range(10) as r(i)")
    assert (len(whole.rows), whole.is_cut) == (10, False)


@pytest.mark.parametrize(
    "sql", ["describe recognition", "show tables", "summarize criterion", "from snapshot", "values (1)", "select 1;"]
)
def test_other_ways_to_ask_are_answered(sql: str, room: Room, snapshot: Path) -> None:
    assert outcome(room, snapshot, sql)[0] == "answered"


def test_a_refusal_tells_no_folder_of_the_server(room: Room, snapshot: Path) -> None:
    said = outcome(room, snapshot, "select * from read_text('no_such_file')")[1]
    assert "Permission" in said
    assert str(snapshot.parent) not in said


def test_who_finds_no_place_is_told_so(snapshot: Path) -> None:
    room = Room(SHORT, at_once=1, patience=0.05)
    asking = threading.Thread(target=outcome, args=(room, snapshot, STOPPED["recursion without growth"]))
    asking.start()
    awaited(children)
    assert outcome(room, snapshot, GREETING)[0] == "query.busy"
    asking.join()
    assert outcome(Room(), snapshot, GREETING)[0] == "answered"


def test_a_child_ends_when_the_server_is_gone(snapshot: Path) -> None:
    """Nobody waits for it any more: the kernel's limit of processor time ends it."""
    child = Path(sys.modules[Room.__module__].__file__ or "").with_name("child.py")
    asleep = subprocess.Popen([sys.executable, "-I", str(child)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    asleep.communicate(b"", timeout=10)
    assert asleep.returncode


@pytest.mark.parametrize("name", examples())
def test_every_example_has_an_answer_on_the_sample(name: str, room: Room, snapshot: Path) -> None:
    found = examples()[name]
    answer = room.ask(snapshot, found.sql)
    assert len(answer.rows)
    assert not answer.is_cut
    assert found.title["vi"] != found.title["en"]


def test_examples_lead_to_cells() -> None:
    assert sum("cell" in found.sql for found in examples().values()) >= 4
