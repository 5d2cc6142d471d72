"""The desk in a pocket: put on the home screen, read without network, acts that wait for it, things shared to it."""
