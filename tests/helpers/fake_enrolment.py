"""A real HTTP server that answers like a relay's `/enrol`, or as it is told to."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext


@dataclass
class Enrolment:
    """What the server answers, and what it was asked."""

    status: int = 200
    body: bytes = b'{"token": "secret", "agent": {"id": "a1", "name": "Asha"}, "relay": "https://r.example"}'
    location: str = ""
    url: str = ""
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)


@contextlib.contextmanager
def serving(tls: SSLContext | None = None) -> Iterator[Enrolment]:
    """A running server; change the yielded answers as you like."""
    enrolment = Enrolment()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            enrolment.requests.append((self.command, self.path, json.loads(body or b"{}")))
            enrolment.authorizations.append(self.headers.get("Authorization", ""))
            self.send_response(enrolment.status)
            if enrolment.location:
                self.send_header("Location", enrolment.location)
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(enrolment.body)

        def do_GET(self) -> None:
            enrolment.requests.append((self.command, self.path, {}))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        enrolment.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield enrolment
        finally:
            server.shutdown()
            thread.join()
