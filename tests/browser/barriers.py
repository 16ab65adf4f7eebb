"""What of a page bars people with a disability from it, as axe finds it: rules of WCAG 2.1 A and AA."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

# Ids told twice are no barrier of WCAG any more (4.1.1 is obsolete), and those here are of the cells of st.dataframe.
_RUN = """
async () => {
  const { violations } = await axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    resultTypes: ["violations"],
    rules: { "duplicate-id-active": { enabled: false } },
  });
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
"""


def barriers(page: Page) -> list[str]:
    """Return the serious and critical findings of axe: rule and selector of each."""
    page.evaluate(_axe())
    found: list[str] = page.evaluate(_RUN)
    return found


@cache
def _axe() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
