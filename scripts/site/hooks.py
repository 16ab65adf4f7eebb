"""What the site of the documentation takes from the project: its pages, the words of its buttons, its letters."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from posixpath import dirname, relpath
from typing import Any

from ntm.guides import groups, linked, topics
from ntm.settings import ROOT

FONTS = ROOT / "ntm" / "ui" / "static" / "fonts"
WORDS = {
    "Search": "Tìm",
    "Previous": "Trang trước",
    "Next": "Trang sau",
    "Close": "Đóng",
    "From here you can search these documents. Enter your search terms below.": "Gõ có dấu hoặc không dấu.",
    "Search...": "Tìm…",
    "Type search term here": "Gõ chữ cần tìm",
    "No results found": "Không tìm thấy trang nào",
    "Page not found": "Không có trang này",
    "Documentation built with %(properdocs_link)s.": "Dựng bằng %(properdocs_link)s.",
}
"""Texts of the theme, which has no Vietnamese of its own."""


def slug(heading: str, separator: str) -> str:
    """Return the anchor of a heading as GitHub gives it: links are written for both."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", separator)


def on_config(config: Any) -> Any:
    """Put the topics into the navigation, group by group, by their Vietnamese titles."""
    pages = topics().values()
    config["nav"] = [
        {names["vi"]: [{topic.title["vi"]: topic.file} for topic in pages if topic.group == group]}
        for group, names in groups().items()
    ]
    return config


def on_env(env: Any, config: Any, files: Any) -> Any:
    """Have the theme speak Vietnamese."""

    def word(text: str) -> str:
        return WORDS.get(text, text)

    def plural(one: str, many: str, count: int) -> str:
        return word(one if count == 1 else many)

    config.theme["locale"] = "vi"  # the language of its pages; named in the settings, it is looked for in vain
    env.install_gettext_callables(word, plural, newstyle=True)
    return env


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Return a page with the paths of files outside of docs/ as text: the site does not hold them."""
    file = page.file.src_uri

    def write(label: str, key: str, anchor: str) -> str:
        path = relpath(topics()[key].file, dirname(file) or ".")
        return f"[{label}]({path}{'#' + anchor if anchor else ''})"

    return linked(markdown, file, write)


def on_post_build(config: Any) -> None:
    """Copy the letters that the dashboard is written in, and put the search's pages into the order of the topics."""
    site = Path(config["site_dir"])
    shutil.copytree(FONTS, site / "fonts", dirs_exist_ok=True)
    order = {Path(topic.file).with_suffix(".html").as_posix(): place for place, topic in enumerate(topics().values())}
    index = site / "search" / "search_index.json"
    found = json.loads(index.read_text(encoding="utf-8"))
    found["docs"].sort(key=lambda doc: order.get(doc["location"].partition("#")[0], len(order)))
    index.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
