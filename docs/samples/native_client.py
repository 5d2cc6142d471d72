"""A tiny client of Estafeta: keeps a copy of your tickets, works without network, sends what waits once.

ESTAFETA_URL=https://desk.example.org ESTAFETA_TOKEN=est_… python native_client.py sync
python native_client.py list | take 12 | reply 12 "It is done" photo.jpg | anyway 3 | drop 3
"""

import json
import os
import sqlite3
import sys
import uuid
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

API = os.environ.get("ESTAFETA_URL", "http://127.0.0.1:8000").rstrip("/") + "/api/v1"
TOKEN = os.environ.get("ESTAFETA_TOKEN", "")
STORE = os.environ.get("ESTAFETA_STORE", "estafeta-copy.sqlite3")
OPEN = ("new", "in_progress", "waiting", "review")
TABLES = """
CREATE TABLE IF NOT EXISTS ticket (number INTEGER PRIMARY KEY, round INTEGER, content TEXT);
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS waiting (id INTEGER PRIMARY KEY, key TEXT, ticket INTEGER, verb TEXT,
    body TEXT, photo TEXT, bytes BLOB, seen INTEGER, trouble TEXT DEFAULT '');
"""


class NoNetwork(Exception):
    """Nobody answered: what waits stays in the queue."""


def ask(path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict]:
    """Status and answer of the API. Raises NoNetwork."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(API + path, body, sent | {"Authorization": f"Bearer {TOKEN}"})
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        if error.code in (429, 502, 503, 504):  # busy or restarting: later
            raise NoNetwork(f"{error.code}") from error
        return error.code, json.load(error)
    except (OSError, HTTPException, ValueError) as error:
        raise NoNetwork(str(error)) from error


def sync(db: sqlite3.Connection) -> None:
    """Bring the copy up to date: what changed since the cursor that the last answer gave."""
    while True:
        row = db.execute("SELECT value FROM kept WHERE name = 'since'").fetchone()
        status, told = ask("/sync" + (f"?{urlencode({'since': row[0]})}" if row else ""))
        if status in (410, 422) and row:  # too old, or another server: begin again
            db.execute("DELETE FROM kept WHERE name = 'since'")
            db.execute("DELETE FROM ticket")
            continue
        if status != 200:
            sys.exit(told["detail"])
        with db:  # tickets and cursor together, or neither
            for ticket in told["tickets"]:
                row = (ticket["number"], told["round"], json.dumps(ticket))
                db.execute("INSERT OR REPLACE INTO ticket VALUES (?, ?, ?)", row)
            db.executemany("DELETE FROM ticket WHERE number = ?", [(n,) for n in told["gone"]])
            if told["complete"]:
                db.execute("DELETE FROM ticket WHERE round <> ?", [told["round"]])
            db.execute("INSERT OR REPLACE INTO kept VALUES ('since', ?)", [told["next"]])
        if not told["more"]:
            return


def do(db: sqlite3.Connection, number: int, verb: str, photo: str = "", **body: str) -> None:
    """Put an act into the queue, with the key by which it is done once, and what was seen then."""
    row = db.execute("SELECT content FROM ticket WHERE number = ?", [number]).fetchone()
    seen = json.loads(row[0])["journal_length"] if row else None
    content = Path(photo).read_bytes() if photo else None
    act = (str(uuid.uuid4()), number, verb, json.dumps(body), Path(photo).name, content, seen)
    with db:
        db.execute("INSERT INTO waiting VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, '')", act)


def send(db: sqlite3.Connection) -> None:
    """Send what waits in its order; what was refused stays with the reason, and holds its ticket up."""
    held = {row[0] for row in db.execute("SELECT ticket FROM waiting WHERE trouble <> ''")}
    rows = db.execute("SELECT id, key, ticket, verb, body, photo, bytes, seen FROM waiting"
                      " WHERE trouble = '' ORDER BY id").fetchall()  # fmt: skip
    for pk, key, number, verb, written, photo, content, seen in rows:
        if number in held:
            continue
        body = json.loads(written)
        if content is not None and "files" not in body:
            body["files"] = [upload(photo, content)]
            with db:  # the next try names the same file: a key belongs to one request
                db.execute("UPDATE waiting SET body = ? WHERE id = ?", [json.dumps(body), pk])
        headers = {"Content_Type": "application/json", "Idempotency_Key": key}
        if seen is not None:
            headers["If_Match"] = f'"{seen}"'
        status, told = ask(f"/tickets/{number}/{verb}", json.dumps(body).encode(), **headers)
        with db:
            if status == 200:
                db.execute("DELETE FROM waiting WHERE id = ?", [pk])
                continue
            others = told.get("changes") or ()
            changes = [f"{one['actor']['name']} {one['phrase']}" for one in others]
            words = " ".join([told["detail"], *changes])
            db.execute("UPDATE waiting SET trouble = ? WHERE id = ?", [words, pk])
            held.add(number)


def upload(name: str, content: bytes) -> int:
    """A draft file of mine. If its answer is lost it is brought again; drafts are forgotten."""
    edge = uuid.uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    status, told = ask("/files", body, Content_Type=f"multipart/form-data; boundary={edge}")
    return told["id"] if status == 201 else sys.exit(told["detail"])


def show(db: sqlite3.Connection) -> None:
    """My list, also without network."""
    for number, content in db.execute("SELECT number, content FROM ticket ORDER BY number"):
        ticket = json.loads(content)
        if ticket["status"] in OPEN:
            print(number, ticket["status"], ticket["title"], sep="\t")
    for pk, number, verb, trouble in db.execute("SELECT id, ticket, verb, trouble FROM waiting"):
        print(f"waiting {pk}: {verb} {number}", trouble or "not sent yet", sep="\t")


def main(word: str, *given: str) -> None:
    """One command; whatever the network does, the list is shown."""
    db = sqlite3.connect(STORE)
    db.executescript(TABLES)
    if word == "take":
        do(db, int(given[0]), "take")
    elif word == "reply":
        do(db, int(given[0]), "reply", *given[2:3], text=given[1])
    elif word == "anyway":  # I have read what changed, and mean it
        db.execute("UPDATE waiting SET trouble = '', seen = NULL WHERE id = ?", [given[0]])
    elif word == "drop":
        db.execute("DELETE FROM waiting WHERE id = ?", [given[0]])
    db.commit()
    try:
        send(db)
        sync(db)
    except NoNetwork as reason:
        print("No network:", reason)
    show(db)


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["list"]))
