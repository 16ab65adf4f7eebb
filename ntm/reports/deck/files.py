"""The files that a deck is written to: which there are, and one deck or many of them at once."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import Any

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.reports.deck.model import Deck

log = logging.getLogger(__name__)
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: media type, and the function `function(deck, t, **options) -> bytes` that writes it."""

    mime: str
    module: str
    function: str


KINDS: Mapping[str, FileKind] = {
    ".pptx": FileKind(f"{_OFFICE}.presentationml.presentation", "ntm.reports.deck.pptx", "pptx"),
    ".pdf": FileKind("application/pdf", "ntm.reports.deck.handout", "handout"),
    ".docx": FileKind(f"{_OFFICE}.wordprocessingml.document", "ntm.reports.deck.report", "report"),
    ".xlsx": FileKind(f"{_OFFICE}.spreadsheetml.sheet", "ntm.reports.deck.annex", "annex"),
}
"""Ending of the file's name -> how it is written. Slides take `ratio` ('16:9', '4:3') and `template` (bytes) too."""


@dataclass(frozen=True)
class Job:
    """One of many decks: the unit's name, and how its file's name and content are made."""

    name: str
    make: Callable[[], tuple[str, bytes]]


@dataclass(frozen=True)
class Fault:
    """A deck that could not be made: the unit's name, and the error whose text says why; None for a fault of ours."""

    name: str
    error: NtmError | None


def write(ending: str, deck: Deck, t: Translator, **options: Any) -> bytes:
    """Return the file of a deck. Raises KeyError for an ending that is none of KINDS, NtmError for a bad template."""
    kind = KINDS[ending]
    # Imported when the first file is asked for: what writes them takes seconds to load.
    made: bytes = getattr(import_module(kind.module), kind.function)(deck, t, **options)
    return made


def fault_text(t: Translator, fault: Fault) -> str:
    """Return what was wrong with one deck of many."""
    reason = t(fault.error.key, **fault.error.values) if fault.error else t("deck.command.failed")
    return t("deck.command.fault", name=fault.name, reason=reason)


def write_all(jobs: Iterable[Job], target: BytesIO, t: Translator) -> Iterator[Job | Fault]:
    """Write every deck into a zip and yield each job when it is done, or what was wrong; the others go on.

    The zip then has a file LOI.txt that says which are missing and why.
    """
    faults = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for job in jobs:
            try:
                archive.writestr(*job.make())
            except NtmError as error:
                faults.append(Fault(job.name, error))
                yield faults[-1]
            except Exception:
                # One deck of many must not take the others with it: the log has the fault, the zip names the unit.
                log.exception("deck of %s failed", job.name)
                faults.append(Fault(job.name, None))
                yield faults[-1]
            else:
                yield job
        if faults:
            archive.writestr("LOI.txt", "".join(f"{fault_text(t, fault)}\n" for fault in faults))
