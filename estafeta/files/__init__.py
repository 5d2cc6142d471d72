"""Files whoever they belong to: how they come in, are kept, shown and sent. No rule of sight is here."""
