"""A visitor without a browser: holds a session as the browser does and times what the server takes to answer."""

from __future__ import annotations

import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

_SCRIPT_FINISHED_BYTES = 500
"""The message that ends a run is far smaller; larger ones are not looked into while the clock runs."""


@dataclass(frozen=True)
class Answer:
    """One run of the script: seconds from the question to the last message, and the messages."""

    seconds: float
    messages: tuple[ForwardMsg, ...]

    @property
    def elements(self) -> list[Element]:
        return [message.delta.new_element for message in self.messages if message.HasField("delta")]


class Visitor:
    """One session on one page. Messages that were sent before are not sent again, as with a browser."""

    def __init__(self, address: str, page: str, query: str = "") -> None:
        self._socket = connect(
            f"ws://{address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None
        )
        self._page, self._page_hash, self._query = page, "", query
        self._cached: set[str] = set()
        self._choices: dict[str, str] = {}
        self.first = self.rerun()

    def close(self) -> None:
        self._socket.close()

    def select_box(self, query_name: str) -> tuple[str, list[str]] | None:
        """Return the id and the options of the select box bound to a name of the URL's query; None without one."""
        boxes = (element.selectbox for element in self.first.elements if element.HasField("selectbox"))
        return next(((box.id, list(box.options)) for box in boxes if box.query_param_key == query_name), None)

    def choose(self, widget_id: str, option: str) -> Answer:
        """Choose an option, as a person would, and return the run that follows."""
        self._choices[widget_id] = option
        return self.rerun()

    def rerun(self) -> Answer:
        """Run the script again with the widgets as they stand. Raises RuntimeError when the page shows an error."""
        question = self._question()
        frames: list[bytes] = []
        start = time.perf_counter()
        self._socket.send(question)
        while not frames or not _is_last(frames[-1]):
            frames.append(self._socket.recv(decode=False))
        seconds = time.perf_counter() - start
        answer = Answer(seconds, tuple(ForwardMsg.FromString(frame) for frame in frames))
        self._take_up(answer)
        return answer

    def _question(self) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.page_name, state.page_script_hash, state.query_string = self._page, self._page_hash, self._query
        state.cached_message_hashes.extend(self._cached)
        for widget_id, option in self._choices.items():
            state.widget_states.widgets.add(id=widget_id, string_value=option)
        return message.SerializeToString()

    def _take_up(self, answer: Answer) -> None:
        for message in answer.messages:
            if message.metadata.cacheable:
                self._cached.add(message.hash)
            if message.HasField("navigation"):
                self._page_hash = message.navigation.page_script_hash
        errors = [
            element.exception.message or element.alert.body
            for element in answer.elements
            if element.HasField("exception") or element.alert.format == element.alert.ERROR
        ]
        if errors:
            raise RuntimeError(f"page '{self._page}' shows an error: {errors}")


def _is_last(frame: bytes) -> bool:
    return len(frame) < _SCRIPT_FINISHED_BYTES and ForwardMsg.FromString(frame).HasField("script_finished")
