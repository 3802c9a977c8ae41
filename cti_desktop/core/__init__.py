"""The domain: calls, legs, dispositions. Pure: no Qt, no sockets, no SQL, no clock (`now` comes in)."""
