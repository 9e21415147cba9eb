// Counts the data messages of one direction of a WebSocket by reading the frame headers on the wire (RFC 6455, section 5.2).
// It sees the bytes themselves, so what it says of RSV1 (RFC 7692, section 6) is not what the library under it believes.

const FIRST_FRAMES_OF_DATA = new Set([0x1, 0x2]);

export class FrameCounter {
  compressed = 0;
  plain = 0;
  #header = Buffer.alloc(0);
  #payload = 0;

  push(chunk) {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#payload > 0) {
        const skipped = Math.min(this.#payload, rest.length);
        this.#payload -= skipped;
        rest = rest.subarray(skipped);
        continue;
      }
      const header = Buffer.concat([this.#header, rest]);
      const frame = readHeader(header);
      if (frame === undefined) {
        this.#header = header;
        return;
      }
      rest = rest.subarray(frame.size - this.#header.length);
      this.#header = Buffer.alloc(0);
      this.#payload = frame.payload;
      if (FIRST_FRAMES_OF_DATA.has(frame.opcode)) {
        if (frame.rsv1) this.compressed += 1;
        else this.plain += 1;
      }
    }
  }
}

// The header at the start of `bytes`, or undefined while it is not whole.
function readHeader(bytes) {
  if (bytes.length < 2) return undefined;
  const length = bytes[1] & 0x7f;
  const extended = length === 126 ? 2 : length === 127 ? 8 : 0;
  const mask = (bytes[1] & 0x80) === 0 ? 0 : 4;
  const size = 2 + extended + mask;
  if (bytes.length < size) return undefined;
  let payload = length;
  if (extended === 2) payload = bytes.readUInt16BE(2);
  if (extended === 8) payload = Number(bytes.readBigUInt64BE(2));
  return { opcode: bytes[0] & 0x0f, rsv1: (bytes[0] & 0x40) !== 0, size, payload };
}
