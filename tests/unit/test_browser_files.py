"""Files for the browser: served under the hash of their content, for good, and nothing else is."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from ntm.ui.browser_files import ComponentFiles, browser_file_response, serve


def get(path: str) -> Response:
    _, _, version, name = path.split("/", 3)
    request = Request({"type": "http", "path_params": {"version": version, "name": name}})
    return asyncio.run(browser_file_response(request))


def test_a_file_is_kept_for_good_and_other_content_has_another_address() -> None:
    first, second = serve({"a.json": b"[1]"}), serve({"a.json": b"[2]"})
    assert first != second
    answer = get(f"{first}/a.json")
    assert (json.loads(answer.body), answer.headers["content-type"]) == ([1], "application/json")
    assert "immutable" in answer.headers["cache-control"]
    assert json.loads(get(f"{second}/a.json").body) == [2]


@pytest.mark.parametrize("path", ["/part/0000/a.json", "/part/{version}/b.json", "/part/{version}/../a.json"])
def test_what_is_not_served_is_not_found(path: str) -> None:
    version = serve({"a.json": b"[1]"}).removeprefix("/part/")
    assert get(path.format(version=version)).status_code == 404


def test_a_component_fetches_all_modules_of_its_folder(tmp_path: Path) -> None:
    for name, text in {"main.js": "export default 1", "other.js": "", "look.css": "p {}", "notes.txt": "x"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = ComponentFiles(tmp_path)
    address = files.styles.split('href="')[1].split('/look.css"')[0]
    assert f'load("{address}/main.js")' in files.loader
    assert f"{address}/other.js" in files.loader
    assert "notes.txt" not in files.loader
    assert get(f"{address}/main.js").headers["content-type"].startswith("text/javascript")
    assert get(f"{address}/notes.txt").status_code == 404
