"""The name of a verb in an address."""

from estafeta.tickets.verbs import BY_SYSTEM, Verb


class VerbConverter:
    """Any verb that can be done to a ticket that is seen; anything else is no such address."""

    regex = "|".join(
        verb.value for verb in Verb if verb not in {Verb.OPEN, Verb.RESTORE, *BY_SYSTEM}
    )

    def to_python(self, value: str) -> Verb:
        """The verb of that name."""
        return Verb(value)

    def to_url(self, value: str) -> str:
        """Its name."""
        return str(Verb(value).value)
