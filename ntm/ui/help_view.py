"""The documentation read inside the dashboard: topics by group, search by words, a topic or one of its sections.

What is chosen lies in the URL, which alone decides: a link from another page opens its topic whatever was read before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from ntm.guides import BEGINNING, FOLDER, Section, Topic, code_of, groups, linked, search, sections, topics
from ntm.i18n import Translator, translator
from ntm.ui.language import KEY as LANGUAGE
from ntm.ui.pages import FOLDER as PAGES_FOLDER
from ntm.ui.pages import PAGES

SCRIPT, ADDRESS = "help.py", "tro-giup"
TOPIC, SECTION, WORDS = "topic", "section", "help_words"
READING = "xem"
"""Topic with a section about each page, headed by the page's title."""
_ALL, _WHOLE, _FIRST = "all", "whole", "dau-trang"
"""Codes of no topic, of no section, and of what stands before the first section."""
_WIDTH = 1080
"""Pixels of a topic: longer lines are hard to read."""
_LONGEST = 25_000
"""Letters of a topic that is shown whole: longer ones are read by section."""
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_HEADING = re.compile(r"^(#{2,5}) ", re.MULTILINE)
_IMAGE = re.compile(r"^!\[([^\]]*)\]\(([^)\s]+)\)$", re.MULTILINE)


def show(t: Translator) -> None:
    """Show the search, the choice of a topic, and what they stand at: the topic, what was found, or all topics."""
    st.markdown(t("help.answer", count=t.format.number(len(topics()))))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(t("help.search"), key=WORDS, max_chars=80, width=360, on_change=_ask, args=({},))
        names = {_ALL: t("help.all_topics")} | {key: t.label(topic.title) for key, topic in topics().items()}
        chosen = _choose(t("help.topic"), names, TOPIC)
        section = _choose_section(t, chosen) if chosen != _ALL else _WHOLE
    if chosen != _ALL:
        _topic(t, topics()[chosen], section)
    elif words.strip():
        _found(t, words)
    else:
        _all(t)


def page_help(t: Translator, address: str) -> None:
    """Show the link to what the documentation says of a page, in the side bar; none on the help page itself."""
    entry = next((entry for entry in PAGES if entry.address == address), None)
    if entry is None or address == ADDRESS:
        return
    with st.sidebar:
        section = code_of(translator("vi")(entry.title))
        asked = _others() | {TOPIC: READING, SECTION: section}
        st.page_link(PAGES_FOLDER / SCRIPT, label=t("help.of_page"), query_params=asked)


def rendered(t: Translator, topic: Topic, text: str) -> str:
    """Return a part of a topic as Streamlit's Markdown: links as addresses of this page, signs of formulas as signs."""
    parts = _CODE.split(linked(text, topic.file, partial(_address, t)))
    # Every second part is code, which is shown as it is.
    return "".join(part if number % 2 else _plain(part) for number, part in enumerate(parts))


def _plain(text: str) -> str:
    return _HEADING.sub(r"#\1 ", text.replace("$", r"\$").replace("<br>", " · "))


def _address(t: Translator, label: str, key: str, anchor: str) -> str:
    asked = {TOPIC: key} | ({LANGUAGE: t.language} if t.language != "vi" else {})
    if section := _section_of_anchor(key, anchor):
        asked[SECTION] = section
    return f"[{label}]({ADDRESS}?{urlencode(asked)})"


def _section_of_anchor(key: str, anchor: str) -> str | None:
    """Return the section that an anchor of GitHub's names; None where it is deeper inside, or there is none."""
    wanted = code_of(anchor.replace("-", " "))
    return next((section.code for section in sections(key) if wanted and section.code == wanted), None)


def _choose(label: str, options: Mapping[str, str], key: str) -> str:
    """Show a select box of which the URL holds the choice by its code; the first option stands for none."""
    first = next(iter(options))
    given = st.query_params.get(key, first)
    st.session_state[key] = given if given in options else first
    return st.selectbox(
        label, list(options), format_func=options.__getitem__, key=key, width=360, on_change=_to_link, args=(key, first)
    )


def _choose_section(t: Translator, key: str) -> str:
    parts = sections(key)
    if len(parts) < 3:
        return _WHOLE
    is_long = sum(len(part.text) for part in parts) > _LONGEST
    names = {} if is_long else {_WHOLE: t("help.whole")}
    names |= {part.code or _FIRST: part.title or t("help.beginning") for part in parts}
    return _choose(t("help.section"), names, SECTION)


def _to_link(key: str, first: str) -> None:
    chosen = st.session_state[key]
    asked = {TOPIC: st.query_params[TOPIC]} if key == SECTION and TOPIC in st.query_params else {}
    _ask(asked | ({key: chosen} if chosen != first else {}))


def _ask(asked: Mapping[str, str]) -> None:
    """Put topic and section into the URL in one step, so that the browser's way back meets whole addresses alone."""
    st.query_params.from_dict(_others() | dict(asked))


def _others() -> dict[str, str]:
    """Return what else stands in the URL: language and filters, which the other pages go on with."""
    return {name: value for name, value in st.query_params.items() if name not in (TOPIC, SECTION)}


def _topic(t: Translator, topic: Topic, chosen: str) -> None:
    with st.container(width=_WIDTH):
        _parts(t, topic, chosen)


def _parts(t: Translator, topic: Topic, chosen: str) -> None:
    st.header(t.label(topic.title))
    if t.language not in topic.languages:
        st.info(t(f"help.only_{topic.languages[0]}"))
    for part in sections(topic.key):
        if chosen in (_WHOLE, part.code) or (part.code == BEGINNING and chosen == _FIRST):
            if part.title:
                st.subheader(part.title, anchor=part.code)
            _text(t, topic, part)


def _text(t: Translator, topic: Topic, part: Section) -> None:
    pieces = _IMAGE.split(part.text)
    for number in range(0, len(pieces), 3):
        if text := pieces[number].strip():
            st.markdown(rendered(t, topic, text))
        if number + 2 < len(pieces):
            picture = (FOLDER / Path(topic.file).parent / pieces[number + 2]).resolve()
            if picture.is_relative_to(FOLDER) and picture.is_file():
                st.image(str(picture), alt=pieces[number + 1], width="stretch")


def _found(t: Translator, words: str) -> None:
    hits = search(words, t.language)
    if not hits:
        st.info(t("help.nothing"))
        return
    st.markdown(t("help.found", count=t.format.number(len(hits))))
    for hit in hits:
        with st.container(border=True, width=_WIDTH, gap="xxsmall"):
            names, other = [t.label(hit.topic.title), hit.section.title], _other_language(t, hit.topic)
            code = hit.section.code or _FIRST
            _button(f"**{' › '.join(filter(None, names))}** {other}".strip(), hit.topic.key, code)
            st.text(hit.excerpt)


def _all(t: Translator) -> None:
    for group, names in groups().items():
        st.header(t.label(names))
        for topic in topics().values():
            if topic.group == group:
                with st.container(gap=None):
                    _button(f"**{t.label(topic.title)}** {_other_language(t, topic)}".strip(), topic.key)
                    st.caption(t.label(topic.about))


def _other_language(t: Translator, topic: Topic) -> str:
    return "" if t.language in topic.languages else t(f"help.in_{topic.languages[0]}")


def _button(label: str, topic: str, section: str | None = None) -> None:
    """Show what opens a topic. No link: Streamlit (1.67) leaves out of the URL what one to its own page asks for."""
    asked = {TOPIC: topic} | ({SECTION: section} if section else {})
    key = f"help_open_{topic}_{section or _WHOLE}"
    st.button(label, key=key, type="tertiary", on_click=_ask, args=(asked,))
