"""An urgent ticket that nobody answers calls louder, step by step, until somebody does."""
