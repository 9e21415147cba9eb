"""Counts the data messages of both directions by the RSV1 bit of their frames (RFC 7692, section 6)."""

from websockets.extensions.base import Extension, ServerExtensionFactory
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.frames import Opcode

FIRST_FRAMES_OF_DATA = (Opcode.TEXT, Opcode.BINARY)


class Messages:
    """What crossed the wire with RSV1 set, over all connections."""

    def __init__(self):
        self.accepted = 0
        self.compressed_in = 0
        self.compressed_out = 0


class CountingDeflate(Extension):
    """permessage-deflate as `websockets` has it, with every frame looked at on its way."""

    name = ServerPerMessageDeflateFactory.name

    def __init__(self, deflate, messages):
        self.deflate = deflate
        self.messages = messages

    def decode(self, frame, *, max_size=None):
        self.messages.compressed_in += frame.rsv1 and frame.opcode in FIRST_FRAMES_OF_DATA
        return self.deflate.decode(frame, max_size=max_size)

    def encode(self, frame):
        encoded = self.deflate.encode(frame)
        self.messages.compressed_out += encoded.rsv1 and encoded.opcode in FIRST_FRAMES_OF_DATA
        return encoded


class CountingDeflateFactory(ServerExtensionFactory):
    """Negotiates like ServerPerMessageDeflateFactory, with windows under the largest, which `ws` does not ask for."""

    name = ServerPerMessageDeflateFactory.name

    def __init__(self, messages):
        self.messages = messages
        self.factory = ServerPerMessageDeflateFactory(
            server_max_window_bits=12, client_max_window_bits=12, compress_settings={"memLevel": 5}
        )

    def process_request_params(self, params, accepted_extensions):
        answer, deflate = self.factory.process_request_params(params, accepted_extensions)
        self.messages.accepted += 1
        return answer, CountingDeflate(deflate, self.messages)
