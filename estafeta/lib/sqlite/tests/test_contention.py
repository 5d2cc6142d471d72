"""Several real processes write to one database."""

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from estafeta.lib.sqlite.bundled import use_bundled_sqlite
from estafeta.lib.sqlite.writer_lock import WriterLock

CONTENDER = [sys.executable, "-m", "estafeta.lib.sqlite.tests.contender"]


def new_database(folder: Path) -> Path:
    """Make a database with one row that everybody wants to change."""
    use_bundled_sqlite()
    import sqlite3

    path = folder / "contended.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE counter (total integer)")
        connection.execute("INSERT INTO counter VALUES (0)")
    connection.close()
    return path


def total(path: Path) -> int:
    """Read the row."""
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT total FROM counter").fetchone()[0])
    finally:
        connection.close()


def test_processes_that_write_at_once_lose_nothing_and_nobody_starves(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    processes = [
        subprocess.Popen([*CONTENDER, str(path), "2"], stdout=subprocess.PIPE) for _ in range(4)
    ]
    results = [json.loads(process.communicate()[0]) for process in processes]
    assert sum(result["errors"] for result in results) == 0
    assert total(path) == sum(result["writes"] for result in results)
    assert min(result["writes"] for result in results) > 10
    assert max(result["worst"] for result in results) < 2


def test_a_killed_writer_does_not_keep_the_others_waiting(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    holder = subprocess.Popen([*CONTENDER, str(path), "60", "30"], stdout=subprocess.DEVNULL)
    lock = WriterLock(str(path), timeout=0.05)
    end = time.monotonic() + 20
    while lock.acquire():  # until the other process holds it
        lock.release()
        assert time.monotonic() < end
        time.sleep(0.02)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    patient = WriterLock(str(path), timeout=5)
    assert patient.acquire()
    patient.close()
    lock.close()


def test_a_writer_gives_up_when_its_time_is_over(tmp_path: Path) -> None:
    first = WriterLock(str(tmp_path / "db"), timeout=1)
    second = WriterLock(str(tmp_path / "db"), timeout=0.1)
    assert first.acquire()
    started = time.monotonic()
    assert not second.acquire()
    assert 0.09 < time.monotonic() - started < 1
    first.release()
    assert second.acquire()
    first.close()
    second.close()


def test_threads_of_one_process_queue_too(tmp_path: Path) -> None:
    inside, most = 0, 0

    def enter() -> None:
        nonlocal inside, most
        lock = WriterLock(str(tmp_path / "db"), timeout=5)
        for _ in range(20):
            assert lock.acquire()
            inside += 1
            most = max(most, inside)
            time.sleep(0.0005)
            inside -= 1
            lock.release()
        lock.close()

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
