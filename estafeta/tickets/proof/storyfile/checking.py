"""Proves an exported story: every hash is computed anew, everything shown is compared with them.

Needs neither a database nor settings. What a hash covers stands in docs/journal.md, so that anybody
can do the same with other tools.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from estafeta.lib import chain, merkle
from estafeta.tickets.proof.storyfile import links
from estafeta.tickets.proof.storyfile.shown import Story
from estafeta.tickets.proof.told import Told, digest, told
from estafeta.tickets.statuses import LEADS_TO
from estafeta.tickets.verbs import CHANGING_WORDS

FORMAT, VERSIONS = "estafeta story", (1, 2, 3)
"""In files of version 1 no entry has a salt, in those of version 2 no comment."""


@dataclass
class Report:
    """What does not fit, and what is proved and by what."""

    faults: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Nothing was found."""
        return not self.faults


def check(story: Story, *, heads: Collection[str] = ()) -> Report:
    """Look at everything; `heads` are hashes known from elsewhere."""
    report = Report()
    try:
        _check(story, heads, report)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        report.faults.append(f"the file is not a story as Estafeta writes it: {error!r}")
    return report


def _check(story: Story, heads: Collection[str], report: Report) -> None:
    if story["format"] != FORMAT or story["version"] not in VERSIONS:
        report.faults.append("this is another format, or one of a newer version")
        return
    report.faults += links.faults(story)
    sum_of = told(
        (c["verb"], c["facts"], c["comment"], c["actor"])
        for c in (entry["content"] for entry in story["entries"])
        if c is not None
    )
    is_certain = _is_certain(story["entries"])
    report.faults += _ticket(story["ticket"], sum_of, is_certain=is_certain)
    report.faults += _comments(story, sum_of)
    report.faults += _names(story)
    report.faults += _heading(story, sum_of)
    withheld = sum(entry["content"] is None for entry in story["entries"])
    report.proofs.append(f"{len(story['entries'])} entries fit their hashes")
    if withheld:
        report.proofs.append(f"{withheld} of them are withheld: their hashes hold the chain")
    if bare := links.without_commitment(story["entries"]):
        report.proofs.append(
            f"not proved: what stands before entry {bare[-1]}, of which an older Estafeta wrote "
            "nothing but its hash"
        )
    if not is_certain:
        report.proofs.append(
            "not proved: where the ticket stands, for the last of those may tell it"
        )
    if story["seal"]:
        report.faults += _seal(story, report)
    for head in heads:
        _known_from_elsewhere(head.strip().lower(), story, report)


def _is_certain(entries: list[Story]) -> bool:
    """Nothing is withheld behind the last entry that says where the ticket stands."""
    for entry in reversed(entries):
        if entry["content"] is None:
            return False
        if entry["content"]["verb"] in LEADS_TO:
            return True
    return True


def _ticket(ticket: Story, sum_of: Told, *, is_certain: bool) -> Iterator[str]:
    if sum_of.title != ticket["title"]:
        yield "the title was changed"
    if sum_of.text != digest(ticket["text"]):
        yield "the text was changed"
    if sum_of.requester not in (None, ticket["requester"]):
        yield "the requester was changed"
    if is_certain and ticket["status"] not in sum_of.statuses:
        yield "the status is not the one the journal ends with"
    if is_certain and sum_of.department not in (None, ticket["department"]):
        yield "the department was changed"


def _comments(story: Story, sum_of: Told) -> Iterator[str]:
    left = dict(sum_of.comments)
    for row in story["comments"]:
        said = left.pop(row["id"], None)
        if said is None:
            yield f"comment {row['id']} was added"
        elif (said.author, said.kind, said.answers, said.is_deleted) != (
            row["author"], row["kind"], row["answers"], row["is_deleted"],
        ) or said.digest != digest(row["text"], row.get("salt")):  # fmt: skip
            yield f"comment {row['id']} was changed"
    yield from (f"comment {number} is missing" for number in left)
    before = {
        (row["comment"], row["seq"]): digest(row["text"], row.get("salt"))
        for row in story["wordings"]
    }
    for entry in story["entries"]:
        content = entry["content"]
        if content is None or content["verb"] not in CHANGING_WORDS or not before:
            continue
        old = before.pop((content["comment"], entry["seq"]), None)
        if old is None or old != content["facts"].get("old"):
            yield f"entry {entry['seq']}: what the comment said before was changed"
    yield from (f"comment {number}: an earlier text was added" for number, _seq in before)


def _names(story: Story) -> Iterator[str]:
    """The chain covers ids; the same id must always have the same name."""
    shown = {
        (entry["content"]["actor"], entry["shown"]["who"])
        for entry in story["entries"]
        if entry["content"] is not None
    } | {(row["author"], row["author_name"]) for row in story["comments"]}
    by_person: dict[int, set[str]] = {}
    for number, name in shown:
        by_person.setdefault(number, set()).add(name)
    for number, names in sorted(by_person.items()):
        if len(names) > 1:
            yield f"person {number} has several names: {', '.join(sorted(names))}"


def _heading(story: Story, sum_of: Told) -> Iterator[str]:
    """What stands above the story says the same."""
    opening = story["entries"][0]["shown"]
    expected = {**sum_of.names, "author": opening["who"], "opened": opening["at"]}
    for name, _label, value in story["facts"]:
        if name in expected and expected[name] != value:
            yield f"the {name} above the story is not the one the entries name"
    if not story["words"]["heading"].endswith(" ".join(story["ticket"]["title"].split())):
        yield "the heading is not the title"


def _seal(story: Story, report: Report) -> Iterator[str]:
    by_number = {one["content"]["number"]: one for one in story["seal"]["seals"]}
    previous: Story | None = None
    for number, one in by_number.items():
        if chain.link(one["previous_hash"], one["content"]) != one["hash"]:
            yield f"seal {number} was changed"
        follows = previous is None or number != previous["content"]["number"] + 1
        if not follows and previous is not None and one["previous_hash"] != previous["hash"]:
            yield f"seal {number} does not follow the one before it"
        previous = one
    for proof in story["seal"]["proofs"]:
        entry, over = story["entries"][proof["entry"] - 1], by_number[proof["seal"]]
        if merkle.root_by(entry["hash"], proof["steps"]) != over["content"]["root"]:
            yield f"entry {entry['seq']} does not lie under seal {proof['seal']}"
        held = links.span(story["entries"], entry["seq"])
        report.proofs.append(f"{held} lie under {_name(over)}")
    newest = max(by_number)
    if newest > story["seal"]["proofs"][-1]["seal"]:
        report.proofs.append(f"and so under all seals up to {_name(by_number[newest])}")


def _name(seal: Story) -> str:
    content = seal["content"]
    return f"seal {content['number']} of {content['made_at'][:10]}: {seal['hash']}"


def _known_from_elsewhere(head: str, story: Story, report: Report) -> None:
    for entry in story["entries"]:
        if entry["hash"] == head:
            report.proofs.append(
                f"the hash you gave is that of entry {entry['seq']}: "
                f"{links.span(story['entries'], entry['seq'])} are as they were when it was "
                "written down"
            )
            return
    sealed = story["seal"] or {"seals": (), "proofs": ()}
    for one in sealed["seals"]:
        if one["hash"] == head:
            number = one["content"]["number"]
            last = max(p["entry"] for p in sealed["proofs"] if p["seal"] <= number)
            report.proofs.append(
                f"the hash you gave is that of seal {number}: "
                f"{links.span(story['entries'], last)} are as they were when it was made"
            )
            return
    report.faults.append(f"the hash you gave is not in this story: {head}")
