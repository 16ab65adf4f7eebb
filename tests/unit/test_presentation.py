"""The presentation as a page: what each slide says, how its charts are drawn, where it is served."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Message

from ntm.i18n import translator
from ntm.reports.deck.model import Chart, Deck, Figure, Series
from ntm.reports.deck.plain_text import plain
from ntm.reports.deck.presentation import presentation
from ntm.reports.deck.presentation_chart import drawing
from ntm.ui import presentation as served
from ntm.ui.browser_files import ROUTE, browser_file_response
from tests import decks

T = translator("vi")
SCRIPTS = {name: f"/here/{name}" for name in ("reveal.css", "reveal.js", "presentation.css", "presentation.js")}


def page_of(deck: Deck, seconds: int | None = None) -> str:
    return presentation(deck, T, seconds_per_slide=seconds, scripts=SCRIPTS, back="../hoi-nghi")


def sections(page: str) -> list[str]:
    return re.findall(r"<section.*?</section>", page, re.DOTALL)


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(decks.deck(), 15)


def test_every_slide_names_title_day_source_and_that_figures_are_illustrative(page: str) -> None:
    made = decks.deck()
    cover, *others = sections(page)
    assert "31/12/2022" in cover
    assert made.snapshot in cover
    assert len(others) == len(made.slides)
    for slide, section in zip(made.slides, others, strict=True):
        said = unescape(section)
        for text in (slide.title, "Số liệu đến 31/12/2022", f"Nguồn: {slide.source}", "Số liệu minh hoạ"):
            assert text in said
    assert "Số liệu minh hoạ" not in page_of(replace(made, is_illustrative=False))


def test_every_figure_stands_on_the_page(page: str) -> None:
    said = unescape(page)
    assert [text for text in decks.numbers(decks.deck()) if text not in said] == []


def test_hostile_texts_are_text_and_the_page_names_no_address_of_theirs() -> None:
    page = page_of(decks.hostile_deck())
    assert re.findall(r"<script[^>]*>", page) == [
        '<script defer src="/here/reveal.js">',
        '<script defer src="/here/presentation.js">',
    ]
    assert "<b>đậm" not in page
    assert not re.search(r"[\u202a-\u202e\x00-\x08\ud800-\udfff]", page)
    assert plain(decks.MARKUP) in unescape(page)
    assert not re.search(r'(src|href)="(?!/here/|\.\./|data:)[^"]', page)


def test_the_time_asked_for_is_chosen(page: str) -> None:
    assert re.search(r'<option value="15" selected>\s*15 giây', page)
    assert '<option value="" selected>' in page_of(decks.deck())
    assert '<option value="7" selected>' in page_of(decks.deck(), 7)


def chart(kind: str, *columns: tuple[float | None, ...], goal: float | None = None) -> Chart:
    series = tuple(
        Series(
            f"s{at}",
            tuple(
                None if value is None else Figure(f"k{at}{place}", value, f"{value:g}", "")
                for place, value in enumerate(values)
            ),
            "#0B3C5D",
        )
        for at, values in enumerate(columns)
    )
    names = tuple(f"c{place}" for place in range(len(columns[0])))
    goal_figure = None if goal is None else Figure("g", goal, f"{goal:g}", "")
    return Chart("c", kind, "Tên", "xã", names, series, goal=goal_figure, goal_name="Mục tiêu")  # type: ignore[arg-type]


def test_bars_are_as_long_as_their_values_and_the_unknown_has_no_length() -> None:
    drawn = drawing(chart("bar", (10, 5, None), goal=20), T)
    first, second, unknown = (marks[0] for marks in drawn.rows)
    assert first.length == pytest.approx(2 * second.length, abs=0.01)
    assert drawn.goal == pytest.approx(2 * first.length, abs=0.01)
    assert (unknown.length, unknown.is_known, unknown.text) == (0, False, T("unknown"))


def test_negative_values_go_the_other_way() -> None:
    loss, gain = (marks[0] for marks in drawing(chart("column", (-5, 5)), T).rows)
    assert loss.start == pytest.approx(0, abs=1)
    assert loss.start + loss.length == pytest.approx(gain.start, abs=0.01)


def test_stacks_follow_each_other_and_a_wholly_unknown_one_says_so() -> None:
    drawn = drawing(chart("stacked_bar", (6, None), (2, None)), T)
    low, high = drawn.rows[0]
    assert high.start == pytest.approx(low.length, abs=0.01)
    assert [mark.is_known for mark in drawn.rows[1]] == [False]


def test_a_line_breaks_at_the_unknown() -> None:
    (line,) = drawing(chart("line", (1, 2, None, 4)), T).lines
    assert [len(run) for run in line.runs] == [2, 1]
    assert [text for _, _, text, _ in line.labels] == ["1", "2", "4"]


def test_values_of_many_columns_stand_upright() -> None:
    assert drawing(chart("column", *[(123456,) * 4] * 5), T).is_upright
    assert not drawing(chart("column", (12, 13)), T).is_upright


SERVED = Starlette(
    routes=[
        Route(served.ROUTE, served.presentation_response),
        Route(served.MAP_ROUTE, served.presentation_map_response),
        Route(ROUTE, browser_file_response),
    ]
)


@pytest.fixture(autouse=True)
def one_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link needs the provinces of the warehouse for the way to the map page, and nothing else of it."""
    monkeypatch.setattr(served, "provinces_with_data", lambda: {"93": "Tỉnh Hậu Giang"})


def get(path: str) -> tuple[int, Headers, str]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "root_path": ""}
    asyncio.run(SERVED(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], Headers(raw=sent[0]["headers"]), body.decode()


def test_a_link_is_the_same_for_the_same_deck_and_another_for_another() -> None:
    link = served.link(decks.deck(), T)
    assert served.link(decks.deck(), T) == link
    assert re.fullmatch(r"/trinh-chieu/[0-9a-f]{32}", link)
    others = [
        served.link(decks.deck(), T, 20),
        served.link(decks.deck(snapshot="ntm-20240105T021500Z"), T),
        served.link(decks.deck((decks.money_slide(),)), T),
    ]
    assert len({link, *others}) == 4


def test_the_page_runs_its_own_scripts_alone_and_they_are_there() -> None:
    link = served.link(decks.deck(), T)
    status, headers, page = get(link)
    assert status == 200
    assert "script-src 'self';" in headers["content-security-policy"]
    named = re.findall(r'(?:src|href)="\.\.(/part/[^"]+)"', page)
    assert len(named) == 4
    assert [get(address)[0] for address in named] == [200] * 4


def test_the_map_of_a_slide_stands_alone_and_leads_to_the_map_page_of_the_same_snapshot() -> None:
    made = decks.deck()
    link = served.link(made, T)
    place = next(place for place, slide in enumerate(made.slides) if slide.sheet)
    page = unescape(get(link)[2])
    name = link.rpartition("/")[2]
    assert f'data-map="{name}/ban-do/{place}"' in page
    assert re.search(rf'data-page="\.\./ban-do\?[^"]*snapshot={made.snapshot}&month=\d\d%2F20\d\d', page)
    status, headers, own = get(f"{link}/ban-do/{place}")
    assert status == 200
    assert "leaflet" in own
    assert "connect-src" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert [get(f"{link}/ban-do/{other}")[0] for other in (0, 999)] == [404, 404]


def test_what_is_kept_no_more_says_where_to_open_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "_MOST", 1)
    link = served.link(decks.deck((decks.missing_slide(),)), T)
    served.link(decks.deck((decks.text_slide(),)), T)
    status, _, page = get(link)
    assert status == 404
    assert f'href="../{served.CONFERENCE}"' in page
    assert T("deck.presentation.gone") in page
