"""The ranking page over the sample: ties, improvement within one criteria set, peers, own scores, cells on click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm.i18n import translator
from ntm.settings import settings
from tests.pages.reading import Visit
from tests.percentages import shown, wrong_in_text

VI, EN = translator("vi"), translator("en")


@pytest.fixture(scope="module")
def patch(sample_warehouse: Path) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as module_patch:
        module_patch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
        settings.cache_clear()
        yield module_patch
    settings.cache_clear()


def opened(patch: pytest.MonkeyPatch, **query: str) -> Visit:
    return Visit(patch, **query).open("ranking.py")


def test_districts_share_a_rank_where_they_are_equal_and_those_who_gained_are_named(patch: pytest.MonkeyPatch) -> None:
    visit = opened(patch, month="06/2025")
    assert not visit.app.exception
    (table,) = visit.tables()
    assert table[VI("ranking.column_rank")].tolist() == ["1", "1", "1", "1", "5", "6", "6", "8"]
    assert "Tăng nhiều nhất: **Huyện Phụng Hiệp**" in visit.text
    assert "Chênh lệch nhỏ" in visit.text
    options = visit.app.selectbox(key="ranking_since_district").options
    assert "06/2022" not in options, "that month counts with another criteria set"
    assert "07/2022" in options


def test_shares_add_up_and_open_to_their_cells(patch: pytest.MonkeyPatch) -> None:
    visit = opened(patch, month="06/2025", ranking_measure="ntm", ranking_peers_district="kind", lang="en")
    told = [part for text in visit.texts(tables=False) for part in shown(text)]
    assert ("3", "7", "42.9") in told
    assert [wrong for text in visit.texts() for wrong in wrong_in_text(text, "en")] == []
    assert EN("ranking.reason_district_kind") in visit.text
    visit.app.button(key="sources_ranking_ntm").click().run()
    rows = next(table for table in visit.tables() if EN("sources.cell") in table)
    assert len(rows) == 45


def test_the_first_month_of_a_set_tells_no_improvement(patch: pytest.MonkeyPatch) -> None:
    visit = opened(patch, month="07/2022")
    assert VI("ranking.no_then") in visit.text
    assert "ranking_by" not in {box.key for box in visit.app.selectbox}


def test_communes_are_named_at_the_bottom_and_all_stand_in_a_table(patch: pytest.MonkeyPatch) -> None:
    visit = opened(patch, month="06/2025", ranking_section="communes")
    assert not visit.app.exception
    assert "3 xã thấp nhất, 14/19 tiêu chí" in visit.text
    assert len(visit.tables()[-1]) == 51


def test_a_score_needs_the_weights_of_its_reader(patch: pytest.MonkeyPatch) -> None:
    visit = opened(patch, month="06/2025", ranking_section="score")
    assert VI("ranking.no_weights") in visit.text
    assert not visit.tables()
    visit.app.number_input(key="weight_ntm").set_value(60)
    visit.app.number_input(key="weight_mean").set_value(40).run()
    assert "Tổng trọng số 100" in visit.text


def test_the_weights_lie_in_the_link(patch: pytest.MonkeyPatch) -> None:
    visit = opened(patch, month="06/2025", ranking_section="score", weight_below_15="30", lang="en")
    assert "The weights sum to 30" in visit.text
    assert visit.app.number_input(key="weight_below_15").value == 30
