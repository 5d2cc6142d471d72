"""People talk: person to person, in departments, all of the staff, clients with operators."""
