"""Administration of how messages leave: channels, senders, words; and the link that ends letters."""
