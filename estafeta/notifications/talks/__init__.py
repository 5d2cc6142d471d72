"""What is told of the chat: to whom, over which ways, in which words; and what is taken back in time."""
