"""What the sections of the national page share: the sentences above them, and where a figure stands in its file."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ntm.i18n import Translator
from ntm.metrics.national import Latest
from ntm.model import is_missing
from ntm.ui.frame import column_label
from ntm.ui.wording import share_text

FIGURES, TARGETS = "published_figures.csv", "targets_national.csv"


def sentences(t: Translator, found: Mapping[str, Latest | None], quoted: pd.DataFrame, targets: pd.DataFrame) -> None:
    """Say each share at its latest publication against its target, what the regions tell, and what does not add up.

    `quoted` and `targets` are those of metrics.national.quoted and with_latest.
    """
    lines = []
    for name, latest in found.items():
        if latest is None:
            lines.append(t("national.none", standard=t(f"standard.{name}")))
            continue
        verdict = {True: "national.reached", False: "national.missed", None: "national.no_target"}[latest.is_reached]
        lines.append(
            t(
                f"national.say_{name}",
                share=share_text(t, latest.share),
                day=t.format.day(latest.period_end),
                verdict=t(verdict, target=t.format.share(latest.target_pct, 0)),
            )
        )
    lines += _regions(t, targets[(targets["scope_code"] != "VN") & (targets["metric"] == "ntm_share_pct")])
    if differing := int(quoted["differs"].sum()):
        count, known = t.format.number(differing), t.format.number(int(quoted["pct"].notna().sum()))
        lines.append(t("national.quoted_count", count=count, known=known, examples=_examples(t, quoted)))
    lines.append(t("national.break"))
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))


def _examples(t: Translator, quoted: pd.DataFrame) -> str:
    """Return the differing percentages of the latest day, each with the recomputed one."""
    rows = quoted[quoted["differs"]]
    rows = rows[rows["period_end"] == rows["period_end"].max()]
    return "; ".join(
        t(
            "national.quoted_example",
            quoted=t.format.share(row["value"]),
            pct=t.format.share(row["pct"]),
            numerator=t.format.number(row["numerator"]),
            denominator=t.format.number(row["denominator"]),
        )
        for row in rows.to_dict("records")
    )


def _regions(t: Translator, targets: pd.DataFrame) -> list[str]:
    """Say of how many regions a share was published, and name those of which none was: they are unknown."""
    told = targets[targets["actual"].notna()]
    silent = targets[targets["actual"].isna()]
    if not len(targets):
        return []
    if not len(told):
        return [t("national.regions_none", count=t.format.number(len(targets)))]
    names = [t(f"region.{code}") for code in silent["scope_code"]]
    return [
        t(
            "national.regions",
            told=t.format.number(len(told)),
            count=t.format.number(len(targets)),
            reached=t.format.number(int(told["is_reached"].eq(True).sum())),
            day=t.format.day(told["actual_day"].max()),
            names=", ".join(names) or "–",
        )
    ]


def line_of(t: Translator, file: str, lines: pd.Series) -> pd.Series:
    """Return where rows stand in a reference file: 'published_figures.csv, dòng 85'; nothing where there is none."""
    return lines.map(lambda line: None if is_missing(line) else t("national.line", file=file, line=int(line)))


def target_lines(cells: pd.Series) -> pd.Series:
    """Return the line of each target's cell ('I5' -> 5)."""
    return cells.str.extract(r"(\d+)$", expand=False).astype(float)


def figure_labels(t: Translator, *columns: str) -> dict[str, str]:
    """Labels of columns of published_figure."""
    return {name: column_label(t, "published_figure", name) for name in columns}
