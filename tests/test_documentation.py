"""The documentation says what is: written pages are up to date, lists are whole, words and links are real."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import etl.docs
from etl.issues import issue_codes
from ntm import docs, guides
from ntm.catalog import Column, Table, tables
from ntm.i18n import translator
from ntm.ui.data_view import DEFINITIONS
from ntm.ui.pages import PAGES
from tests.architecture import project_files

COLUMNS = {
    "admin_unit": "unit_code level kind name short_name parent_code district_code province_code region_code"
    " is_rural_commune valid_from valid_to",
    "unit_change": "old_code new_code change_date kind is_partial source",
    "criteria_set": "set_code standard unit_level decision state valid_from valid_to criterion_count",
    "criterion": "set_code criterion_no name_vi name_en group_vi lead_agency source confidence",
    "indicator": "set_code criterion_no indicator_code name_vi name_en lead_agency direction threshold_common"
    " thr_TDMNPB thr_DBSH thr_BTB thr_DHNTB thr_TN thr_DNB thr_DBSCL source confidence",
    "criterion_result": "unit_code set_code criterion_no period_end value_kind outcome cause proposal",
    "indicator_value": "unit_code set_code indicator_code period_end value_kind value outcome",
    "recognition": "unit_code standard event set_code result_year decision_no decision_date field",
    "funding": "unit_code year period_start period_end is_cumulative source_code nature stage value_kind component_no"
    " amount_vnd_million",
    "commune_count": "unit_code period_end set_code band_low band_high communes",
    "arrears": "unit_code period_end amount_vnd_million work category",
    "target": "target_id scope_code metric comparison value value_max due_date kind denominator document",
    "target_unit": "unit_code standard target_year kind document",
    "ocop_product": "unit_code name producer product_group stars score decision_no decision_date valid_until",
    "inspection": "inspection_id finding_no unit_code finding due_date",
    "directive": "directive_id document task agency due_date",
    "submission": "unit_code form period_end due_date received_date",
    "source_file": "source_id path sha256 form sheet period_end reporting_unit_code rows_read rows_loaded"
    " rows_rejected",
    "load_issue": "source_id sheet cell severity code message_vi message_en raw_value remedy_vi remedy_en",
    "mart_commune_month": "unit_code period_end criteria_met criteria_total standard months_since_report unmet",
    "mart_district_month": "unit_code period_end communes ntm_communes criteria_met_mean",
    "mart_criterion_month": "unit_code period_end set_code criterion_no communes_met communes_not_met communes_unknown",
    "mart_funding": "unit_code year period_end source_code nature stage amount_vnd_million",
    "mart_target_progress": "target_id period_end actual gap is_reached",
}
"""Tables and columns that other tools may rely on. They are never renamed or dropped; more may come."""

FACTS = (
    "criterion_result", "indicator_value", "recognition", "funding", "commune_count", "arrears", "target",
    "target_unit", "ocop_product", "inspection", "directive", "submission",
)  # fmt: skip

WRITTEN = {f"docs/{name}": page for name, page in docs.PAGES.items()} | {
    f"docs/{name}": page for name, page in etl.docs.PAGES.items()
}
CODED = (
    "stage",
    "source_code",
    "standard",
    "outcome",
    "event",
    "kind",
    "value_kind",
    "severity",
    "confidence",
    "nature",
)
"""Columns whose values are words of the programme; each is in the glossary."""

LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.mark.parametrize(("path", "page"), WRITTEN.items())
def test_written_page_is_up_to_date(path: str, page: Callable[[], str], root: Path) -> None:
    assert (root / path).read_text("utf-8") == page(), "run make docs"


@pytest.mark.parametrize("name", COLUMNS)
def test_table_has_the_columns_others_rely_on(name: str) -> None:
    assert not set(COLUMNS[name].split()) - set(tables()[name].column_names)


@pytest.mark.parametrize("name", FACTS)
def test_fact_rows_end_with_their_cell(name: str) -> None:
    assert tables()[name].column_names[-3:] == ("source_id", "sheet", "cell")


@pytest.mark.parametrize("name", tables())
def test_dictionary_tells_every_table_and_column(name: str, root: Path) -> None:
    section = _section(root / "docs/data_dictionary.md", name)
    described = tables()[name]
    assert described.grain in section
    for column in described.columns:
        row = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
        parts = [column.type, column.label["vi"], column.label["en"], column.meaning, *column.values]
        assert all(part.replace("|", "\\|") in row for part in parts)


def test_labels_are_in_both_languages_and_no_more() -> None:
    columns = [column for table in tables().values() for column in table.columns]
    described: list[Table | Column] = [*tables().values(), *columns]
    assert [item.name for item in described if set(item.label) != {"vi", "en"} or not all(item.label.values())] == []


@pytest.mark.parametrize("code", issue_codes())
def test_finding_is_told_with_its_remedy(code: str, root: Path) -> None:
    section, issue = _section(root / "docs/issue_codes.md", code), issue_codes()[code]
    texts = [issue[part][language] for part in ("message", "remedy") for language in ("vi", "en")]
    assert all(text in section for text in [issue["severity"], *texts])


@pytest.mark.parametrize("page", ["README.md", "docs/README.md"])
def test_every_page_of_the_dashboard_is_named(page: str, root: Path) -> None:
    text = (root / page).read_text("utf-8")
    missing = [t(entry.title) for t in map(translator, ("vi", "en")) for entry in PAGES if t(entry.title) not in text]
    assert missing == []


def test_index_gives_script_and_address_of_every_page(root: Path) -> None:
    text = (root / "docs/README.md").read_text("utf-8")
    assert [entry for entry in PAGES if f"| `pages/{entry.script}` | `/{entry.address}` |" not in text] == []


@pytest.mark.parametrize("folder", ["docs", "docs/decisions"])
def test_every_page_of_a_folder_is_in_its_index(folder: str, root: Path) -> None:
    linked = {target for target, _ in LINK.findall((root / folder / "README.md").read_text("utf-8"))}
    pages = {path.name for path in (root / folder).glob("*.md")} - {"README.md"}
    assert pages - linked == set()


def test_words_of_the_glossary_are_those_of_the_product(root: Path) -> None:
    names = {column.name for table in tables().values() for column in table.columns}
    files = {Path(path).stem for path in project_files() if path.startswith(("ntm/", "data/"))}
    assert _glossary_words(root) - set(tables()) - names - _values(*names) - files == set()


def test_every_word_in_coded_columns_is_in_the_glossary(root: Path) -> None:
    assert _values(*CODED) - _glossary_words(root) - {"none", "unchanged"} == set()


@pytest.mark.parametrize("column", [0, 1])
def test_term_has_one_word_and_word_one_term(column: int, root: Path) -> None:
    words = [row[column] for row in _glossary_rows(root)]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_addresses_in_the_guides_are_those_of_pages() -> None:
    known = {entry.address for entry in PAGES} | {"", "health"}
    for topic in guides.topics().values():
        text = "\n".join(section.text for section in guides.sections(topic.key)) if topic.group == "use" else ""
        for address in re.findall(r"`/([a-z-]*)(?:\?[^`\s]*)?`", text):
            assert address in known, f"{topic.file} names the address /{address}"


@pytest.mark.parametrize("path", [path for path in project_files() if path.endswith(".md")])
def test_links_lead_somewhere(path: str, root: Path) -> None:
    page = root / path
    for target, anchor in LINK.findall(page.read_text("utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        goal = (page.parent / target).resolve() if target else page
        assert goal.exists(), f"{path} links to {target}"
        assert not anchor or anchor in _anchors(goal), f"{path} links to {target}#{anchor}"


def test_every_page_is_a_topic_that_can_be_read(root: Path) -> None:
    files = {path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")}
    told = [topic.file for topic in guides.topics().values()]
    assert sorted(told) == sorted(files - {"decisions/000-template.md"})
    for topic in guides.topics().values():
        assert topic.group in guides.groups()
        assert {*topic.languages} <= {"vi", "en"}
        assert topic.languages
        assert {*topic.title} == {*topic.about} == {"vi", "en"}
        assert any(section.text for section in guides.sections(topic.key))


def test_the_guide_of_the_pages_tells_of_every_page() -> None:
    told = {section.code for section in guides.sections("xem")}
    assert {guides.code_of(translator("vi")(entry.title)) for entry in PAGES} - told == set()


@pytest.mark.parametrize("guide", [key for key, topic in guides.topics().items() if topic.group == "use"])
def test_names_in_bold_are_those_on_the_screen(guide: str, root: Path) -> None:
    text = re.sub(r"```.*?```", "", (root / "docs" / guides.topics()[guide].file).read_text("utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"\*\*([^*\n]+)\*\*", text)) - {"đậm", "Ngôn ngữ · Language"}
    if guide in ("bieu_mau", "cau_hoi"):  # about workbooks and answers, not screens
        return
    shown = [value.replace("**", "") for value in translator("vi").texts.values()]
    assert "**đậm**" in text
    assert [name for name in named if not any(name in value for value in shown)] == []


@pytest.mark.parametrize("words", ["giai ngan", "giải ngân", "GIẢI  NGÂN"])
def test_words_are_found_with_and_without_diacritics(words: str) -> None:
    hits = guides.search(words, "vi")
    assert any("giải ngân" in hit.excerpt.lower() for hit in hits)
    assert ("definitions", "ty-le-giai-ngan-disbursement-rate") in [(hit.topic.key, hit.section.code) for hit in hits]


def test_nothing_is_found_for_no_words_and_for_nonsense() -> None:
    assert guides.search("  ", "vi") == guides.search("xyzzy", "vi") == ()


def test_what_is_in_the_readers_language_is_found_first() -> None:
    languages = [("en" in hit.topic.languages) for hit in guides.search("SQL", "en")]
    assert languages == sorted(languages, reverse=True)


def test_definitions_of_the_page_are_those_of_the_documentation() -> None:
    assert tuple(docs.definitions()) == DEFINITIONS
    pages = {entry.title.partition(".")[0] for entry in PAGES}
    assert {page for told in docs.definitions().values() for page in told["pages"]} <= pages


def test_the_site_is_built_without_a_broken_link_and_names_no_other_machine(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "properdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    built = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > len(guides.topics())
    fetched = re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>")
    assert [found for page in pages for found in fetched.findall(page.read_text("utf-8"))] == []
    entries = json.loads((tmp_path / "search/search_index.json").read_text("utf-8"))["docs"]
    assert any("giải ngân" in entry["text"] for entry in entries)


def _section(page: Path, heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"{page.name} has no section {heading}"
    return found[1]


def _anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    headings = HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _values(*columns: str) -> set[str]:
    found = [column for table in tables().values() for column in table.columns if column.name in columns]
    return {value for column in found for value in column.values}


def _glossary_rows(root: Path) -> list[list[str]]:
    lines = [line for line in (root / "docs/glossary.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return [row for row in rows if row[0] != "tiếng Việt"]


def _glossary_words(root: Path) -> set[str]:
    return {word for row in _glossary_rows(root) for cell in row[2:] for word in re.findall(r"`([^`]+)`", cell)}
