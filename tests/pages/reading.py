"""Pages as a person reads them: the application's script run without a browser, and the texts that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.element_tree import Dataframe, Element
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from ntm.i18n import translator
from ntm.settings import ROOT
from ntm.ui.pages import FOLDER
from ntm.ui.server import show_script_error

SCRIPT = ROOT / "ntm" / "ui" / "main.py"
SECTIONS = sorted({key.partition(".")[0] for key in translator("vi").texts if "." in key})
NOTHING = re.compile(r"\b(nan|NaN|None|NaT|null|undefined)\b|<NA>")
RAW_KEY = re.compile(rf"(?<![\w/.-])({'|'.join(SECTIONS)})\.[a-z][a-z_]+\b")
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")
ENGLISH = re.compile(
    r"\b(the|of|and|with|commune|communes|district|month|year|unknown|loading|targets|reached|cell|cells"
    r"|choose an option|no results|press enter)\b",
    re.IGNORECASE,
)
VIETNAMESE = re.compile(r"\b(chưa|tháng|nguồn|đơn vị|chọn|tải|xem|bảng)\b", re.IGNORECASE)
_TEXT_PARTS = ("label", "value", "placeholder", "help", "body", "options")


class ScriptRunner(LocalScriptRunner):
    """Runs the script as app.py has it: its errors go to the application's handler, which AppTest cannot be told."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._on_script_error = show_script_error


class Visit:
    """One visitor's session."""

    def __init__(self, patch: pytest.MonkeyPatch, **query: str) -> None:
        patch.setattr(app_test, "LocalScriptRunner", ScriptRunner)
        self.app = AppTest.from_file(SCRIPT, default_timeout=60)
        for name, value in query.items():
            self.app.query_params[name] = value
        self.app.run()

    def open(self, script: str) -> Visit:
        """Go to another page, as a click in the navigation does."""
        self.app.switch_page(str(FOLDER / script)).run()
        return self._with_drawers_open()

    def choose(self, key: str, value: str | None) -> Visit:
        """Set a filter."""
        self.app.selectbox(key=key).set_value(value).run()
        return self._with_drawers_open()

    def _with_drawers_open(self) -> Visit:
        """Open the drawers, as clicks on them do: their tables are made only then."""
        keys = [drawer.key for drawer in self.app.expander if drawer.key]
        for key in keys:
            self.app.session_state[key] = True
        if keys:
            self.app.run()
        return self

    @property
    def heading(self) -> str:
        (title,) = self.app.title
        return str(title.value)

    @property
    def text(self) -> str:
        """All that the page says outside of tables."""
        return "\n".join(self.texts(tables=False))

    @property
    def metrics(self) -> dict[str, str]:
        return {metric.label: metric.value for metric in self.app.metric}

    def tables(self) -> list[pd.DataFrame]:
        return [written_cells(element) for element in self.app.dataframe]

    def texts(self, *, tables: bool = True) -> Iterator[str]:
        """Yield every text that the visitor sees: in the page, the side bar and the tables with their headings."""
        for element in [*self.app.main, *self.app.sidebar]:
            if isinstance(element, Dataframe):
                shown = written_cells(element)
                yield from (str(column) for column in shown.columns)
                if tables:
                    yield from (cell for cell in shown.to_numpy().ravel() if isinstance(cell, str))
            else:
                yield from parts(element)


def parts(element: Element) -> Iterator[str]:
    names = _TEXT_PARTS if not hasattr(element, "options") else [name for name in _TEXT_PARTS if name != "value"]
    for name in names:  # the value of a choice is its code; it is shown by its words, one of the options
        value = getattr(element, name, None)
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (item for item in value if isinstance(item, str))


def written_cells(element: Dataframe) -> pd.DataFrame:
    """Return the cells of a table as they are written; what is missing there shows the table's placeholder."""
    styler = element.proto.arrow_data.styler
    shown = pa.ipc.open_stream(styler.display_values).read_pandas() if styler.display_values else element.value
    missing = element.value.isna().to_numpy() if element.value.shape == shown.shape else shown.isna().to_numpy()
    return shown.astype(object).mask(missing, element.proto.placeholder or "None")
