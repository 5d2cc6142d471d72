"""A Bot API that checks requests as core.telegram.org/bots/api says, and people with phones.

It keeps what the bot wrote, hands out what people did, and refuses in Telegram's own words.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from tests.services.web import serving

TOKEN = "1234567890:AAF-test_token_of_the_house_bot_1234"
TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}


class Refusal(Exception):
    """An answer with ok=false."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


class _Html(HTMLParser):
    """The tags that Telegram knows, opened and closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in TAGS:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refusal(400, "Bad Request: can't parse entities: Unmatched end tag")

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise Refusal(400, "Bad Request: can't parse entities")
        self.text += data

    def handle_entityref(self, name: str) -> None:
        if name not in ("lt", "gt", "amp", "quot"):
            raise Refusal(400, f"Bad Request: can't parse entities: unknown entity {name}")
        self.text += unescape(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text += unescape(f"&#{name};")


@dataclass
class Telegram:
    """What stands behind the port; tests look at it and reach into it."""

    port: int = 0
    chats: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    known: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    updates: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answered: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    """The next calls that send something are refused with these."""
    files: dict[str, bytes] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    last_id: int = 100
    polling: threading.Lock = field(default_factory=threading.Lock)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def put(self, **what: Any) -> dict[str, Any]:
        """Something happened; it waits for getUpdates."""
        with self.lock:
            update = {"update_id": 900_000 + self.next_id(), **what}
            self.updates.append(update)
        return update

    def call(self, method: str, given: dict[str, Any]) -> Any:
        self.asked.append((method, given))
        answer = getattr(self, f"do_{method}", None)
        if answer is None:
            raise Refusal(404, "Not Found")
        return answer(given)

    # The methods, as the documentation names them.

    def do_getMe(self, _given: dict[str, Any]) -> Any:  # noqa: N802
        return {"id": 1234567890, "is_bot": True, "first_name": "House", "username": "house_bot"}

    def do_sendMessage(self, given: dict[str, Any]) -> Any:  # noqa: N802
        self._refuse()
        chat = self._chat(given)
        message = {
            "message_id": self.next_id(), "chat": {"id": chat, "type": "private"},
            "from": self.do_getMe({}), "date": int(time.time()), **_checked(given),
        }  # fmt: skip
        if about := given.get("reply_parameters"):
            found = [one for one in self.chats[chat] if one["message_id"] == about["message_id"]]
            if not found and not about.get("allow_sending_without_reply"):
                raise Refusal(400, "Bad Request: message to be replied not found")
            if found:
                message["reply_to_message"] = found[0]
        self.chats[chat].append(message)
        return message

    def do_editMessageText(self, given: dict[str, Any]) -> Any:  # noqa: N802
        message = self._message(given)
        new = {"reply_markup": None, **_checked(given)}
        if all(message.get(name) == value for name, value in new.items()):
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply "
                "markup are exactly the same",
            )
        message.update(new)
        return message

    def do_editMessageReplyMarkup(self, given: dict[str, Any]) -> Any:  # noqa: N802
        message = self._message(given)
        _check_markup(given.get("reply_markup") or {})
        message["reply_markup"] = given.get("reply_markup")
        return message

    def do_answerCallbackQuery(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if not isinstance(given.get("callback_query_id"), str):
            raise Refusal(400, "Bad Request: query is too old or query ID is invalid")
        if len(given.get("text", "")) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self.answered.append(given)
        return True

    def do_getUpdates(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        if not self.polling.acquire(blocking=False):
            raise Refusal(409, "Conflict: terminated by other getUpdates request")
        try:
            offset, end = given.get("offset", 0), time.monotonic() + given.get("timeout", 0)
            with self.lock:
                self.updates = [one for one in self.updates if one["update_id"] >= offset]
            while not self.updates and time.monotonic() < end:
                time.sleep(0.02)
            return self.updates[: given.get("limit", 100)]
        finally:
            self.polling.release()

    def do_setWebhook(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if not given["url"].startswith("https://"):
            raise Refusal(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get("secret_token", "x")):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = given
        return True

    def do_deleteWebhook(self, _given: dict[str, Any]) -> Any:  # noqa: N802
        self.webhook = {}
        return True

    def do_setMyCommands(self, given: dict[str, Any]) -> Any:  # noqa: N802
        for one in given["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(one["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[given.get("language_code", "")] = given["commands"]
        return True

    def do_getFile(self, given: dict[str, Any]) -> Any:  # noqa: N802
        if given.get("file_id") not in self.files:
            raise Refusal(400, "Bad Request: invalid file_id")
        return {"file_id": given["file_id"], "file_path": f"photos/{given['file_id']}"}

    def _refuse(self) -> None:
        if self.refusals:
            raise self.refusals.pop(0)

    def _chat(self, given: dict[str, Any]) -> int:
        chat = given.get("chat_id")
        if chat not in self.known:
            raise Refusal(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        assert isinstance(chat, int)
        return chat

    def _message(self, given: dict[str, Any]) -> dict[str, Any]:
        for message in self.chats[self._chat(given)]:
            if message["message_id"] == given.get("message_id"):
                return message
        raise Refusal(400, "Bad Request: message to edit not found")


@dataclass
class Phone:
    """A person with Telegram."""

    telegram: Telegram
    id: int
    language: str = "en"
    username: str = ""

    def __post_init__(self) -> None:
        self.telegram.known.add(self.id)

    @property
    def user(self) -> dict[str, Any]:
        named = {"username": self.username} if self.username else {}
        return {"id": self.id, "is_bot": False, "first_name": f"P{self.id}",
                "language_code": self.language, **named}  # fmt: skip

    @property
    def got(self) -> list[dict[str, Any]]:
        """What the bot wrote here."""
        return [one for one in self.telegram.chats[self.id] if one["from"]["is_bot"]]

    def write(self, text: str = "", *, answers: dict[str, Any] | None = None, **more: Any) -> Any:
        message: dict[str, Any] = {
            "message_id": self.telegram.next_id(), "from": self.user, "date": int(time.time()),
            "chat": {"id": self.id, "type": "private"}, **more,
        }  # fmt: skip
        if text:
            message["text"] = text
        if answers is not None:
            message["reply_to_message"] = answers
        self.telegram.chats[self.id].append(message)
        return self.telegram.put(message=message)

    def press(self, message: dict[str, Any], label: str) -> Any:
        """Touch the button with this label."""
        rows = (message.get("reply_markup") or {})["inline_keyboard"]
        buttons = {one["text"]: one for row in rows for one in row}
        return self.touch(message, buttons[label]["callback_data"])

    def touch(self, message: dict[str, Any], data: str) -> Any:
        """What a client sends for a button; a hostile one may send anything."""
        query = {
            "id": str(self.telegram.next_id()), "from": self.user, "message": message,
            "chat_instance": "1", "data": data,
        }  # fmt: skip
        return self.telegram.put(callback_query=query)

    def change(self, status: str) -> Any:
        """Block the bot ("kicked"), or let it write again ("member")."""
        self.telegram.blocked.add(self.id)
        if status == "member":
            self.telegram.blocked.discard(self.id)
        return self.telegram.put(
            my_chat_member={
                "chat": {"id": self.id, "type": "private"}, "from": self.user,
                "date": 0, "old_chat_member": {}, "new_chat_member": {"status": status},
            }
        )  # fmt: skip


def labels(message: dict[str, Any]) -> list[str]:
    """The buttons under a message."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [one["text"] for row in rows for one in row]


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    if not str(given.get("text", "")).strip():
        raise Refusal(400, "Bad Request: message text is empty")
    text = given["text"]
    if given.get("parse_mode") == "HTML":
        parser = _Html()
        parser.feed(text)
        parser.close()
        if parser.open:
            raise Refusal(400, "Bad Request: can't parse entities: Can't find end tag")
        text = parser.text
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Refusal(400, "Bad Request: message is too long")
    _check_markup(given.get("reply_markup") or {})
    kept = {"text": text, "html": given["text"], "reply_markup": given.get("reply_markup")}
    return {name: value for name, value in kept.items() if value is not None}


def _check_markup(markup: dict[str, Any]) -> None:
    if len(markup.get("input_field_placeholder", "x")) not in range(1, 65):
        raise Refusal(400, "Bad Request: placeholder is too long")
    for one in (one for row in markup.get("inline_keyboard", []) for one in row):
        if not one.get("text"):
            raise Refusal(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if "callback_data" in one and not 1 <= len(one["callback_data"].encode()) <= 64:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if "url" in one and "." not in (urlsplit(one["url"]).hostname or ""):
            words = f"Bad Request: inline keyboard button URL '{one['url']}' is invalid"
            raise Refusal(400, f"{words}: Wrong HTTP URL")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    telegram: Telegram

    def do_GET(self) -> None:
        path = self.path.removeprefix(f"/file/bot{TOKEN}/photos/")
        content = self.telegram.files.get(path)
        self._answer(404 if content is None else 200, content or b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        match = re.fullmatch(r"/bot([^/]+)/(\w+)", self.path)
        try:
            if not match or not re.fullmatch(r"\d+:[\w-]{20,}", match[1]):
                raise Refusal(404, "Not Found")
            if match[1] != TOKEN:
                raise Refusal(401, "Unauthorized")
            assert self.headers["Content-Type"] == "application/json"
            result = self.telegram.call(match[2], json.loads(body))
            self._answer(200, json.dumps({"ok": True, "result": result}).encode())
        except Refusal as refusal:
            said = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.parameters:
                said["parameters"] = refusal.parameters
            self._answer(refusal.code, json.dumps(said).encode())

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        """Tests read what was asked, not a log."""


@contextmanager
def bot_api() -> Iterator[Telegram]:
    """Run one on a private port of this machine."""
    telegram = Telegram()
    handler = type("Handler", (_Handler,), {"telegram": telegram})
    with serving(handler) as telegram.port:
        yield telegram
