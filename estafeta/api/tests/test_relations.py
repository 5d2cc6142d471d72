"""What belongs to a ticket, for programs: the same rules as at the desk."""

import json

from estafeta.tickets import actions
from estafeta.tickets.models import ReadMark, Ticket
from tests.cast import Cast
from tests.orders import order, taken
from tests.program import Program


def test_programs_tie_people_and_tickets(cast: Cast) -> None:
    one, other = taken(cast), taken(cast)
    program = Program.of(cast.agent)
    at = f"/tickets/{one.pk}"
    assert program.post(f"{at}/follow", people=[cast.agent2.pk]).status_code == 200
    assert program.post(f"{at}/tag", add=["склад"]).status_code == 200
    assert program.post(f"{at}/link", other=other.pk, kind="blocked_by").status_code == 200
    assert program.post(f"{at}/add_subtask", title="Часть").status_code == 200
    found = program.get(f"{at}/relations").json()
    assert found["tags"] == ["склад"]
    assert found["followers"] == [{"id": cast.agent2.pk, "name": cast.agent2.name}]
    assert [(row["kind"], row["ticket"]["number"]) for row in found["links"]] == [
        ("blocked_by", other.pk)
    ]
    assert (found["open_subtasks"], found["all_subtasks"]) == (1, 1)
    refused = program.post(f"{at}/complete")
    assert refused.status_code == 422
    assert program.post(f"{at}/complete", despite_subtasks=True).status_code == 200
    assert program.get("/tags", begins="скл").json() == {"tags": ["склад"]}


def test_a_merge_and_its_undo(cast: Cast) -> None:
    one, other = taken(cast), taken(cast)
    program = Program.of(cast.agent)
    answer = program.post(f"/tickets/{one.pk}/merge", other=other.pk)
    assert answer.json()["ticket"]["status"] == "merged"
    found = program.get(f"/tickets/{one.pk}/relations").json()
    assert found["merged_into"]["number"] == other.pk
    assert program.post(f"/tickets/{one.pk}/unmerge").json()["ticket"]["status"] == "in_progress"


def test_lines_about_a_ticket_that_is_not_seen_are_missing(cast: Cast) -> None:
    own, foreign = order(cast), order(cast, department=cast.accounting)
    actions.link(own, by=cast.director, other=foreign, kind="relates")
    verbs = [
        e["verb"]
        for e in Program.of(cast.agent).get(f"/tickets/{own.pk}/journal").json()["entries"]
    ]
    assert verbs == ["open"]
    entries = Program.of(cast.director).get(f"/tickets/{own.pk}/journal").json()["entries"]
    assert [entry["verb"] for entry in entries] == ["open", "link"]
    assert Program.of(cast.agent).get(f"/tickets/{own.pk}/relations").json()["links"] == []
    answer = Program.of(cast.agent).post(f"/tickets/{own.pk}/link", other=foreign.pk, kind="blocks")
    assert answer.status_code == 422


def test_administrators_delete_and_restore_by_the_number(cast: Cast) -> None:
    ticket = order(cast)
    program = Program.of(cast.admin, "admin")
    deleted = program.post(f"/tickets/{ticket.pk}/delete", reason="По требованию")
    assert (deleted.status_code, deleted.json()["ticket"]) == (200, None)
    assert Program.of(cast.director).get(f"/tickets/{ticket.pk}").status_code == 404
    assert Program.of(cast.director).post(f"/tickets/{ticket.pk}/restore").status_code == 404
    assert program.post(f"/tickets/{ticket.pk}/restore").status_code == 200
    assert Ticket.objects.filter(pk=ticket.pk).exists()


def test_a_tag_of_a_megabyte_is_refused(cast: Cast) -> None:
    ticket = order(cast)
    answer = Program.of(cast.agent).post(f"/tickets/{ticket.pk}/tag", add=["ж" * 400_000])
    assert answer.status_code == 422
    assert not ticket.taggings.exists()


def test_ties_are_taken_back_and_a_comment_split_off(cast: Cast) -> None:
    one, other = taken(cast), taken(cast)
    said = actions.reply(one, by=cast.director, text="И мышь").comment
    assert said is not None
    program, at = Program.of(cast.agent), f"/tickets/{one.pk}"
    program.post(f"{at}/follow", people=[cast.agent2.pk])
    assert program.post(f"{at}/unfollow", person=cast.agent2.pk).status_code == 200
    program.post(f"{at}/link", other=other.pk, kind="relates")
    assert program.post(f"{at}/unlink", other=other.pk, kind="relates").status_code == 200
    answer = program.post(f"{at}/split", comment=said.pk, title="Мышь")
    made = Ticket.objects.get(pk=answer.json()["entry"]["facts"]["other"])
    assert (made.text, made.requester) == ("И мышь", cast.director)


def test_clients_do_not_learn_who_follows_or_was_called_in_a_note(cast: Cast) -> None:
    asked = actions.open_ticket(by=cast.client, title="Принтер", department=cast.it).ticket
    actions.take(asked, by=cast.agent)
    said = actions.reply(asked, by=cast.agent, text="Смотрю").comment
    actions.follow(asked, by=cast.agent, people=[cast.network_agent])
    actions.note(asked, by=cast.agent, text="@vera посмотри счёт")
    for reader in (cast.network_agent, cast.agent2):
        ReadMark.objects.create(ticket=asked, person=reader, seq=asked.journal_length)
    for reader in (cast.client, cast.lead):
        program = Program.of(reader)
        shown = program.get(f"/tickets/{asked.pk}").json()["participants"]
        assert [row["person"]["id"] for row in shown] == [cast.agent.pk]
        known = {row["id"] for row in program.get("/people").json()["people"]}
        assert cast.agent.pk in known
        assert not known & {cast.network_agent.pk, cast.agent2.pk, cast.agent_b.pk}
        assert program.get(f"/people/{cast.agent2.pk}").status_code == 404
        assert said is not None
        seen = program.get(f"/tickets/{asked.pk}/comments/{said.pk}/readers").json()["readers"]
        assert seen == []
    shown = Program.of(cast.agent).get(f"/tickets/{asked.pk}").json()["participants"]
    assert {cast.network_agent.pk, cast.agent2.pk} < {row["person"]["id"] for row in shown}


def test_clients_are_not_told_whom_a_merge_made_follow_or_which_parts_it_moved(cast: Cast) -> None:
    one, other = (taken(cast, requester=cast.client) for _ in range(2))
    actions.follow(one, by=cast.agent, people=[cast.agent_b])
    actions.add_subtask(one, by=cast.agent, title="Part", department=cast.it)
    actions.merge(one, by=cast.agent, other=other)
    told = {
        who: Program.of(who).get(f"/tickets/{one.pk}/journal").json()
        for who in (cast.agent, cast.client)
    }
    assert '"followers"' in json.dumps(told[cast.agent])
    assert '"followers"' not in json.dumps(told[cast.client])
    assert '"subtasks"' not in json.dumps(told[cast.client])
