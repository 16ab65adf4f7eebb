"""The review conference: what a deck of a unit and period says, mended where need be, and its files at one click."""

import streamlit as st

from ntm.ui import conference_choice, conference_deck, conference_files, conference_parts, conference_saved, frame
from ntm.ui.language import current_translator

t = current_translator()
top, bar = frame.page_top(t("conference.title"))
opened = conference_saved.open_by_link(t)
with bar:
    choice = conference_choice.choose(t)
with st.spinner(t("conference.making")):
    deck = conference_deck.shown(t, choice)
frame.header(
    t, top, t("conference.heading", place=deck.place), deck.as_of, lambda: conference_files.answer(t, choice, deck)
)
if opened:
    conference_saved.banner(t, opened)
part = conference_parts.choose_part(t)
conference_parts.show(part, t, choice, deck)
