"""The baseline: the relay that one would write in an afternoon. FastAPI, one SQLite commit for each request.

It authenticates, parses, routes by phone, stores durably before its 200, and forwards. It knows no calls, no
duplicates, no sequences and no resuming: `cti-relay` does all of that in the time that is compared.
"""

import os
import sqlite3
import sys

import uvicorn
from fastapi import FastAPI, Header, HTTPException, Request, WebSocket, WebSocketDisconnect

DURABLE = os.environ.get("PLAIN_RELAY_DURABLE", "1") == "1"

app = FastAPI()
connected: dict[str, WebSocket] = {}
database = sqlite3.connect(sys.argv[1] if len(sys.argv) > 1 else ":memory:")
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, agent TEXT, body TEXT)")


async def hook(request: Request, x_webhook_token: str = Header()) -> dict[str, str]:
    """Store one delivery and forward it to the agent whose phone rings."""
    if x_webhook_token != "secret":
        raise HTTPException(401)
    event = await request.json()
    phone = event["payload"]["legs"][0]["phone_number"]
    if DURABLE:
        with database:
            text = (await request.body()).decode()
            database.execute("INSERT INTO events (agent, body) VALUES (?, ?)", (phone, text))
    if phone == "everybody":
        for socket in list(connected.values()):
            await socket.send_json(event)
    elif phone in connected:
        await connected[phone].send_json(event)
    return {"status": "stored"}


async def agent(socket: WebSocket) -> None:
    """One desktop; its token is its phone."""
    phone = socket.headers["authorization"].removeprefix("Bearer ")
    await socket.accept("cti.v1")
    connected[phone] = socket
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        connected.pop(phone, None)


app.add_api_route("/hooks/myoperator", hook, methods=["POST"])
app.add_api_websocket_route("/agent", agent)

if __name__ == "__main__":
    uvicorn.run(
        app, port=int(sys.argv[2]), log_level="warning", ws_per_message_deflate=False, timeout_keep_alive=60
    )
