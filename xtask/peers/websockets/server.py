"""An IS-07 device on PyPI `websockets`: `python3 server.py deflate|plain`.

Prints {"port":N} when it listens; prints one summary line and ends when its standard input ends.
It cuts its first connection, without a close frame, one second after the first subscription.
"""

import asyncio
import http
import json
import re
import sys
import time

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from counting import CountingDeflateFactory, Messages

PATH = "/x-nmos/events/ws"
FLOW = "22222222-2222-4222-8222-222222222222"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TIMESTAMP = re.compile(r"[0-9]+:[0-9]+")
TAI_MINUS_UTC_SECONDS = 37
CHANGE_EVERY_SECONDS = 0.2
CUT_AFTER_SECONDS = 1.0


class Device:
    """What the device saw and sent, over all its connections."""

    def __init__(self):
        self.connections = 0
        self.offered = 0
        self.subscriptions = 0
        self.health = 0
        self.states = 0
        self.received = 0
        self.faults = []
        self.messages = Messages()

    def summary(self):
        sent = self.states + self.health
        return {
            "connections": self.connections,
            "offered": self.offered,
            "accepted": self.messages.accepted,
            "subscriptions": self.subscriptions,
            "health": self.health,
            "states": self.states,
            "faults": self.faults,
            "compressed_in": self.messages.compressed_in,
            "plain_in": self.received - self.messages.compressed_in,
            "compressed_out": self.messages.compressed_out,
            "plain_out": sent - self.messages.compressed_out,
        }

    def admit(self, connection, request):
        """Refuses a handshake to another path."""
        if request.path != PATH:
            self.faults.append(f"path {request.path}")
            return connection.respond(http.HTTPStatus.NOT_FOUND, "")
        self.connections += 1
        self.offered += "permessage-deflate" in request.headers.get("Sec-WebSocket-Extensions", "")
        return None


class Session:
    """One connection: its subscription and the value that it shows."""

    def __init__(self, device, connection, first):
        self.device = device
        self.connection = connection
        self.first = first
        self.sources = []
        self.value = False
        self.changes = None

    async def run(self):
        try:
            async for message in self.connection:
                self.device.received += 1
                fault = await self.accept(message)
                if fault:
                    self.device.faults.append(fault)
        except ConnectionClosed as closed:
            # The cut of the first connection has no close frame at all; whoever found a fault said so in one.
            if closed.rcvd is not None or closed.sent is not None:
                self.device.faults.append(f"closed: {closed}")
        finally:
            if self.changes is not None:
                self.changes.cancel()

    async def accept(self, message):
        """Carries out one command; the answer says what is wrong with it."""
        if not isinstance(message, str):
            return "a binary message"
        try:
            command = json.loads(message)
        except ValueError:
            return f"not JSON: {message}"
        match command.get("command"):
            case "health":
                if not TIMESTAMP.fullmatch(command["timestamp"]):
                    return f"timestamp: {message}"
                timing = {"origin_timestamp": command["timestamp"], "creation_timestamp": now()}
                await self.connection.send(json.dumps({"message_type": "health", "timing": timing}))
                self.device.health += 1
            case "subscription":
                if not all(UUID.fullmatch(source) for source in command["sources"]):
                    return f"sources: {message}"
                self.device.subscriptions += 1
                self.sources = command["sources"]
                await self.send_states()
                if self.changes is None:
                    self.changes = asyncio.create_task(self.change())
            case _:
                return f"unknown command: {message}"
        return None

    async def change(self):
        """Changes the value until the connection ends; the first connection is cut before that."""
        cut = time.monotonic() + CUT_AFTER_SECONDS
        while True:
            await asyncio.sleep(CHANGE_EVERY_SECONDS)
            if self.first and time.monotonic() >= cut:
                self.connection.transport.abort()
                return
            self.value = not self.value
            try:
                await self.send_states()
            except ConnectionClosed:
                return

    async def send_states(self):
        for source in self.sources:
            state = {
                "message_type": "state",
                "identity": {"source_id": source, "flow_id": FLOW},
                "event_type": "boolean",
                "timing": {"creation_timestamp": now()},
                "payload": {"value": self.value},
            }
            await self.connection.send(json.dumps(state))
            self.device.states += 1


def now():
    """The time as IS-07 writes it: TAI seconds and nanoseconds, two integers."""
    seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    return f"{seconds + TAI_MINUS_UTC_SECONDS}:{nanoseconds}"


async def main():
    device = Device()
    extensions = [CountingDeflateFactory(device.messages)] if sys.argv[1] == "deflate" else []

    async def handle(connection):
        await Session(device, connection, device.connections == 1).run()

    server = await serve(
        handle, "127.0.0.1", 0, process_request=device.admit, extensions=extensions, compression=None
    )
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(device.summary()), flush=True)
    server.close()


asyncio.run(main())
