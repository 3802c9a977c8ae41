"""What desktop and relay say to each other, sans-I/O: messages, codec, both ends' state machines, backoff."""
