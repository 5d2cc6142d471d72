"""Real servers for tests, from Debian packages, on private ports of 127.0.0.1."""
