"""The slides as they will be, section by section: to be read, sentences mended, figures opened to their cells."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd
import streamlit as st

from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.reports.deck.changes import places
from ntm.reports.deck.choice import Choice
from ntm.reports.deck.model import Deck, Figure, Sentence, Slide, Table
from ntm.reports.deck.plain_text import plain
from ntm.ui import conference_deck as decks
from ntm.ui import frame
from ntm.ui.cache import read
from ntm.ui.choices import switch_one
from ntm.ui.conference_charts import figure_of, table_of
from ntm.ui.sources import source_button

_MARKUP = re.compile(r"([\\`*_\[\]<>$~|@]|:(?=\S)|(?<=www)\.|^[#+-]|(?<=^\d)[.)])", re.IGNORECASE)
"""What markdown reads as more than itself: emphasis, links and addresses, directives, formulas, headings and lists."""


def show(t: Translator, choice: Choice, deck: Deck) -> None:
    """Show the slides of one section, chosen by its button."""
    sections = list(dict.fromkeys(slide.section for slide in deck.slides))
    if not sections:
        st.info(t("conference.no_slides"))
        return
    section = switch_one(
        t("conference.section"), {name: t(f"deck.section.{name}") for name in sections}, key="deck_section"
    )
    original = {slide.key: slide for slide in decks.untouched(t, choice).slides}
    numbers = {slide.key: number for number, slide in enumerate(deck.slides, 1)}
    for slide in deck.slides:
        if slide.section == section:
            _slide(t, choice, deck, slide, original[slide.key], numbers[slide.key])


def literal(text: str) -> str:
    """Return a text of a workbook so that markdown shows it letter by letter."""
    return _MARKUP.sub(r"\\\1", plain(text))


def _slide(t: Translator, choice: Choice, deck: Deck, slide: Slide, original: Slide, number: int) -> None:
    with st.container(border=True):
        st.caption(t("conference.slide", number=number, count=len(deck.slides)))
        st.header(literal(slide.title))
        if slide.missing:
            st.info(literal(slide.missing))
        for sentence in slide.sentences:
            _sentence(t, sentence)
        if slide.chart:
            table, labels = table_of(slide.chart)
            frame.chart(
                t,
                title=literal(slide.chart.title),
                figure=figure_of(slide.chart, t),
                table=table,
                labels=labels | {"category": t("conference.category")},
                unit=literal(slide.chart.unit),
                as_of=slide.as_of,
                source=literal(slide.source),
                key=f"deck_{slide.chart.key}",
            )
        elif slide.table:
            _table(slide.table)
        elif slide.sheet:
            counts = ", ".join(f"{item.label}: {t.format.number(item.count)}" for item in slide.sheet.layer.classes)
            picture = decks.map_picture(deck, slide, t)
            st.image(picture, alt=f"{plain(slide.title)}. {counts}", width="stretch", output_format="PNG")
        if not slide.chart:
            as_of = t("frame.as_of", day=t.format.day(slide.as_of))
            st.caption(f"{as_of} · {t('frame.source', source=literal(slide.source))}")
        for note in slide.notes:
            st.caption(literal(note))
        with st.container(horizontal=True):
            _cells(t, deck, slide)
        if original.sentences:
            _editor(t, choice, original, slide)


def _sentence(t: Translator, sentence: Sentence) -> None:
    mark = f" :orange-badge[{t('conference.edited')}]" if sentence.is_edited else ""
    st.markdown(literal(sentence.text) + mark)


def _table(table: Table) -> None:
    rows = [[item.text if isinstance(item, Figure) else item for item in row] for row in table.rows]
    shown = pd.DataFrame(rows, columns=pd.Index(range(len(table.head)))).rename(columns=str)
    # Headings may be equal; columns of a frame may not.
    names = {str(number): st.column_config.Column(head) for number, head in enumerate(table.head)}
    st.dataframe(shown, hide_index=True, placeholder=UNKNOWN, column_config=names, width="stretch")
    if table.note:
        st.caption(literal(table.note))


def _cells(t: Translator, deck: Deck, slide: Slide) -> None:
    figures = list({figure.key: figure for figure in slide.figures()}.values())
    if not figures:
        return
    source_button(
        t,
        label=t("conference.cells", count=t.format.number(len(figures))),
        title=t("conference.cells_title"),
        rows=partial(cells_of, t, deck, figures),
        labels={"place": t("conference.what"), "text": t("conference.figure"), "definition": t("conference.meaning")},
        key=f"deck_cells_{slide.key}",
    )


def cells_of(t: Translator, deck: Deck, figures: list[Figure]) -> pd.DataFrame:
    """Return a row for each cell of each figure: place, text, definition, path, sheet, cell, source_id."""
    where = places(deck)
    rows = [
        {
            "place": where[figure.key].label,
            "text": figure.text,
            "definition": figure.definition,
            "path": cell.path,
            "sheet": cell.sheet,
            "cell": cell.cell,
        }
        for figure in figures
        for cell in figure.cells
    ]
    found = pd.DataFrame(rows, columns=["place", "text", "definition", "path", "sheet", "cell"])
    sheets = read("source_files")[["path", "sheet", "source_id"]].drop_duplicates(["path", "sheet"])
    return found.merge(sheets, on=["path", "sheet"], how="left").fillna({"source_id": ""})


def _editor(t: Translator, choice: Choice, original: Slide, slide: Slide) -> None:
    """Show a closed drawer with the slide's sentences to be written over; an empty one is taken out."""
    drawer = st.expander(t("conference.edit"), key=f"deck_editor_{original.key}", on_change="rerun")
    if not drawer.open:
        return
    edits = decks.edits(t, choice)
    with drawer:
        st.caption(t("conference.edit_note"))
        for number, sentence in enumerate(original.sentences, 1):
            key = f"deck_text_{sentence.key}"
            st.session_state[key] = edits.get(sentence.key, plain(sentence.text))
            st.text_area(
                t("conference.sentence", number=number),
                key=key,
                max_chars=decks.LONGEST,
                on_change=_write_over,
                args=(t, choice, sentence, key),
            )
        if any(sentence.key in edits for sentence in original.sentences):
            st.button(
                t("conference.undo"),
                key=f"deck_undo_{original.key}",
                on_click=_undo,
                args=(t, choice, [sentence.key for sentence in original.sentences]),
            )


def _write_over(t: Translator, choice: Choice, sentence: Sentence, key: str) -> None:
    decks.write_over(t, choice, sentence.key, st.session_state[key], sentence.text)


def _undo(t: Translator, choice: Choice, keys: list[str]) -> None:
    for key in keys:
        decks.edits(t, choice).pop(key, None)
