"""The pages of the product: script, address and the key of the title. Addresses never change with the language."""

from __future__ import annotations

from dataclasses import dataclass

from ntm.settings import ROOT

FOLDER = ROOT / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One page: `script` in pages/, `address` in the URL (the first page has none), `title` a text key."""

    script: str
    address: str
    title: str


PAGES = (
    PageEntry("overview.py", "", "overview.title"),
    PageEntry("map.py", "ban-do", "map.title"),
    PageEntry("commune.py", "ho-so-xa", "commune.title"),
    PageEntry("district.py", "ho-so-huyen", "district.title"),
    PageEntry("funding.py", "nguon-von", "funding.title"),
    PageEntry("targets.py", "muc-tieu-2025", "targets.title"),
    PageEntry("criteria.py", "tieu-chi", "criteria.title"),
    PageEntry("ranking.py", "xep-hang", "ranking.title"),
    PageEntry("conference.py", "hoi-nghi", "conference.title"),
    PageEntry("explore.py", "kham-pha", "explore.title"),
    PageEntry("query.py", "truy-van", "query.title"),
    PageEntry("national.py", "toan-quoc", "national.title"),
    PageEntry("data.py", "ve-du-lieu", "data.title"),
    PageEntry("help.py", "tro-giup", "help.title"),
)
