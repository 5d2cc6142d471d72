"""The chat with the bot: a face like the desk, where presses and answers become verbs."""
