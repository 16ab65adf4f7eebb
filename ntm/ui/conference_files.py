"""What the deck says in one sentence, and its files: each is made when its button is pressed."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.reports.deck.choice import Choice, file_name, span
from ntm.reports.deck.files import KINDS, write
from ntm.reports.deck.model import Deck
from ntm.ui.frozen import build_text
from ntm.ui.presentation import CONFERENCE, link

_TEMPLATE = "deck_template"
# Streamlit (1.67) has the words of its field for a file in English alone.
_word_upload = st.components.v2.component(
    "ntm_upload_words",
    html="<span></span>",
    js="""
    export default ({ data }) => {
      const put = (place, text) => { if (place && place.textContent !== text) place.textContent = text; };
      const write = () => {
        for (const field of document.querySelectorAll('[data-testid="stFileUploaderDropzone"]')) {
          put(field.querySelector("button p"), data.button);
          put(field.querySelector('[data-testid="stFileUploaderDropzoneInstructions"] span'), data.limit);
          field.querySelector("input").setAttribute("aria-label", data.button);
        }
      };
      write();
      const changes = new MutationObserver(write);
      changes.observe(document.body, { childList: true, subtree: true });
      return () => changes.disconnect();
    };
    """,
)
BUTTONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("wide", ".pptx", {"ratio": "16:9"}),
    ("old", ".pptx", {"ratio": "4:3"}),
    ("handout", ".pdf", {}),
    ("report", ".docx", {}),
    ("annex", ".xlsx", {}),
)
"""Name of the text -> ending and options of the file; the first is the page's first button."""


def answer(t: Translator, choice: Choice, deck: Deck) -> None:
    """Say what the deck says, from which snapshot and as of when, then offer its files."""
    told = {
        "slides": t.format.number(len(deck.slides)),
        "sections": t.format.number(len({slide.section for slide in deck.slides})),
        "place": deck.place,
        "span": span(choice.first_year, choice.last_year),
        "day": t.format.day(deck.as_of),
        "build": build_text(t, deck.snapshot),
    }
    st.markdown(t("conference.answer", **told))
    empty = [slide for slide in deck.slides if slide.missing]
    if empty:
        st.caption(t("conference.empty", count=t.format.number(len(empty))))
    template, fault = _template()
    (first, *others) = BUTTONS
    with st.container(horizontal=True, vertical_alignment="center"):
        _button(t, deck, first, template, is_primary=True)
        st.link_button(t("conference.present"), _presentation(t, deck))
        with st.popover(t("conference.more")):
            for button in others:
                _button(t, deck, button, template)
            st.file_uploader(t("conference.template"), type=["pptx", "potx"], key=_TEMPLATE)
            words = {"button": t("conference.upload"), "limit": t("conference.upload_limit")}
            _word_upload(key="deck_upload_words", data=words)
            st.caption(t("conference.template_note"))
    if fault:
        st.warning(t(fault.key, **fault.values))


def _presentation(t: Translator, deck: Deck) -> str:
    """Return where the deck is shown on the wall, which leads back to the page as it stands; below any base path."""
    back = urlencode(st.query_params.to_dict())
    return link(deck, t, back=f"/{CONFERENCE}?{back}" if back else f"/{CONFERENCE}").lstrip("/")


def make(ending: str, deck: Deck, t: Translator, options: dict[str, Any]) -> bytes:
    """Return a file of the deck.

    Streamlit calls this in a thread of its own when the button is pressed: nothing in it may use Streamlit.
    """
    return write(ending, deck, t, **options)


def _button(
    t: Translator,
    deck: Deck,
    button: tuple[str, str, dict[str, Any]],
    template: bytes | None,
    *,
    is_primary: bool = False,
) -> None:
    name, ending, options = button
    if ending == ".pptx":
        options = options | {"template": template}
    st.download_button(
        t(f"conference.file_{name}"),
        partial(make, ending, deck, t, options),
        file_name(deck, f"_4-3{ending}" if name == "old" else ending),
        KINDS[ending].mime,
        key=f"deck_file_{name}",
        on_click="ignore",
        type="primary" if is_primary else "secondary",
    )


def _template() -> tuple[bytes | None, NtmError | None]:
    """Return the office's template that was put in, or what is wrong with it."""
    file = st.session_state.get(_TEMPLATE)
    if file is None:
        return None, None
    content: bytes = file.getvalue()
    fault = _fault_of(content)
    return (None, fault) if fault else (content, None)


@st.cache_resource(max_entries=20, show_spinner=False)
def _fault_of(template: bytes) -> NtmError | None:
    # Imported when somebody puts a template in: what reads it takes long to load.
    from ntm.reports.deck.pptx_template import office_stage

    try:
        office_stage(template)
    except NtmError as error:
        return error
    return None
