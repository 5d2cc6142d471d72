"""The command line, without processes of its own."""

import json
import subprocess
import sys

import pytest
from django.contrib.auth.hashers import check_password

from estafeta.__main__ import COMMANDS, main, parser
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import SecurityChain


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert all(f"    {name} " in said or f"    {name}\n" in said for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args([name, "--help"])
    assert len(capsys.readouterr().out.splitlines()) > 4


def test_help_does_not_load_django() -> None:
    code = (
        "import sys; from estafeta.__main__ import parser; parser(); print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_version_tells_what_it_runs_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    said = capsys.readouterr().out
    assert "Estafeta" in said
    assert "SQLite 3." in said


@pytest.mark.django_db
def test_createadmin_makes_and_readmits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(line: str) -> None:
        monkeypatch.setattr("estafeta.ops.commands.createadmin._password", lambda: line)

    answer("correct horse battery")
    assert main(["createadmin", "ada", "--name", "Ada L", "--email", "ada@example.org"]) == 0
    person = Person.objects.get(login="ada")
    assert person.is_administrator
    Person.objects.filter(pk=person.pk).update(is_active=False, is_administrator=False)
    answer("another horse battery")
    assert main(["createadmin", "ADA"]) == 0
    person.refresh_from_db()
    assert person.is_active
    assert person.is_administrator
    assert person.name == "Ada L"
    assert check_password("another horse battery", person.password)
    assert "now an administrator" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["", "short", "12345678901"])
def test_createadmin_refuses_a_bad_password(
    password: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("estafeta.ops.commands.createadmin._password", lambda: password)
    assert main(["createadmin", "ada"]) == 1
    assert not Person.objects.filter(login="ada").exists()
    assert capsys.readouterr().err


@pytest.mark.django_db
def test_journal_verify_names_a_missing_entry_of_the_security_trail(
    capsys: pytest.CaptureFixture[str],
) -> None:
    SecurityChain.objects.update_or_create(pk=1, defaults={"length": 1, "head": "0" * 64})
    assert main(["journal", "verify"]) == 1
    assert "security entry 1 is missing" in capsys.readouterr().out


@pytest.mark.django_db
def test_journal_verify_of_an_empty_journal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify"]) == 0
    assert "as they were written" in capsys.readouterr().out


@pytest.mark.django_db
def test_migrate_check_finds_nothing_to_do_in_a_current_database() -> None:
    assert main(["migrate", "--check"]) == 0


@pytest.mark.django_db
def test_demo_tokens_need_demo_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "tokens", "--json"]) == 1
    assert "estafeta demo load" in capsys.readouterr().err


def test_the_list_of_tokens_is_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("estafeta.ops.demo.logins", lambda: {"agent": "works"})
    monkeypatch.setattr("estafeta.ops.demo.tokens", lambda: {"agent": "secret"})
    assert main(["demo", "tokens", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"agent": "secret"}
