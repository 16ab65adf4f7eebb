"""The help page: every topic can be read, words are found, links lead to topics that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from ntm import guides
from ntm.i18n import Translator, translator
from ntm.settings import settings
from ntm.ui import help_view
from tests.pages.reading import PLACEHOLDER, RAW_KEY, Visit

VI, EN = translator("vi"), translator("en")
LINK = re.compile(r"\[[^\[\]]*\]\(([^()\s]*)\)")
ANCHOR = re.compile(r"(?<!!)\[[^\[\]]*\]\((?!https?:)[^()\s#]*#[^()\s]+\)")


@pytest.fixture
def patch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A warehouse without a snapshot: help is there all the same."""
    monkeypatch.setenv("NTM_WAREHOUSE", str(tmp_path))
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


def visit(patch: pytest.MonkeyPatch, **query: str) -> Visit:
    found = Visit(patch, **query)
    found.app.switch_page(str(help_view.PAGES_FOLDER / help_view.SCRIPT))
    for name, value in query.items():
        found.app.query_params[name] = value
    found.app.run()
    assert not found.app.exception
    return found


@pytest.mark.parametrize("key", guides.topics())
@pytest.mark.parametrize("t", [VI, EN], ids=["vi", "en"])
def test_links_of_a_topic_lead_to_topics_and_sections_that_there_are(key: str, t: Translator) -> None:
    topic = guides.topics()[key]
    for part in guides.sections(key):
        shown = help_view.rendered(t, topic, part.text)
        assert len(re.findall(r"[?&]section=", shown)) == len(ANCHOR.findall(part.text)), "an anchor opens its section"
        for target in LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", shown, flags=re.DOTALL)):
            if "://" in target or target.endswith((".svg", ".png")):
                continue
            path, _, query = target.partition("?")
            asked = parse_qs(query)
            assert path == help_view.ADDRESS
            assert asked["topic"][0] in guides.topics()
            codes = {section.code for section in guides.sections(asked["topic"][0])}
            assert asked.get("section", [""])[0] in codes


def test_all_topics_are_offered_and_those_of_the_other_language_are_marked(patch: pytest.MonkeyPatch) -> None:
    page = visit(patch)
    links = [button.label for button in page.app.button]
    assert all(any(topic.title["vi"] in label for label in links) for topic in guides.topics().values())
    assert any(VI("help.in_en") in label for label in links)
    assert not [text for text in page.texts() if RAW_KEY.search(text) or PLACEHOLDER.search(text)]


def test_a_topic_is_shown_with_its_sections_and_a_picture(patch: pytest.MonkeyPatch) -> None:
    page = visit(patch, topic="architecture")
    assert page.app.header[0].value == VI.label(guides.topics()["architecture"].title)
    assert VI("help.only_en") in page.text
    assert page.app.get("image")
    page.app.selectbox(key="section").set_value("and-back").run()
    assert [item.value for item in page.app.subheader] == ["And back"]


def test_an_english_reader_is_told_what_is_vietnamese_only(patch: pytest.MonkeyPatch) -> None:
    page = visit(patch, topic="quan_tri", lang="en")
    assert EN("help.only_vi") in page.text


def test_a_long_topic_is_read_by_section(patch: pytest.MonkeyPatch) -> None:
    page = visit(patch, topic="data_dictionary", section="arrears")
    assert [item.value for item in page.app.subheader] == ["arrears"]
    assert VI("help.whole") not in page.app.selectbox(key="section").options


def test_words_without_diacritics_find_their_section_and_the_hit_opens_it(patch: pytest.MonkeyPatch) -> None:
    page = visit(patch, topic="glossary")
    page.app.text_input(key=help_view.WORDS).set_value("giai ngan").run()
    assert any("Tỷ lệ giải ngân" in link.label for link in page.app.button)
    page.app.button(key="help_open_definitions_ty-le-giai-ngan-disbursement-rate").click().run()
    assert [item.value for item in page.app.subheader] == ["Tỷ lệ giải ngân · Disbursement rate"]
    page.app.text_input(key=help_view.WORDS).set_value("xyzzy").run()
    assert VI("help.nothing") in page.text


@pytest.mark.parametrize("hostile", ["<script>", "../../etc/passwd", "nope"])
def test_a_topic_that_there_is_not_shows_all(patch: pytest.MonkeyPatch, hostile: str) -> None:
    page = visit(patch, topic=hostile, section=hostile)
    assert hostile not in page.text
    assert len(page.app.button) >= len(guides.topics())


def test_each_page_leads_to_what_is_told_of_it(patch: pytest.MonkeyPatch) -> None:
    page = Visit(patch).open("map.py")
    link = next(link for link in page.app.sidebar.get("page_link") if link.label == VI("help.of_page"))
    assert "section=ban-do" in str(link.proto.query_string or link.proto)
