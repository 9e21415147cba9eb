// An IS-07 device on npm `ws`: `node server.mjs deflate|plain`.
//
// Prints {"port":N} when it listens; prints one summary line and ends when its standard input ends.
// It cuts its first connection, without a close frame, one second after the first subscription.

import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { FrameCounter } from "./frames.mjs";

const PATH = "/x-nmos/events/ws";
const FLOW = "22222222-2222-4222-8222-222222222222";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIMESTAMP = /^[0-9]+:[0-9]+$/;
const TAI_MINUS_UTC_SECONDS = 37;
const CHANGE_EVERY_MS = 200;
const CUT_AFTER_MS = 1000;
// Normal, going away, no code, and the cut itself.
const ORDERLY_ENDS = new Set([1000, 1001, 1005, 1006]);

const deflate = process.argv[2] === "deflate";
const sent = new FrameCounter();
const received = new FrameCounter();
const summary = { connections: 0, offered: 0, accepted: 0, subscriptions: 0, health: 0, states: 0, faults: [] };
const server = createServer((_request, response) => response.writeHead(426).end());
// Threshold 0: by default `ws` leaves messages under 1024 bytes uncompressed, and these are all shorter.
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: deflate ? { threshold: 0 } : false });

server.on("upgrade", (request, socket, head) => {
  if (request.url !== PATH) {
    summary.faults.push(`path ${request.url}`);
    socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  summary.connections += 1;
  if (request.headers["sec-websocket-extensions"]?.includes("permessage-deflate")) summary.offered += 1;
  // `head` needs no push: ws puts it back into the socket, so it arrives here as data.
  socket.on("data", (chunk) => received.push(chunk));
  sockets.handleUpgrade(request, socket, head, (device) => {
    // The 101 is written by now: what follows are frames.
    const write = socket.write.bind(socket);
    socket.write = (chunk, ...rest) => {
      sent.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
      return write(chunk, ...rest);
    };
    if (device.extensions.includes("permessage-deflate")) summary.accepted += 1;
    serve(device, socket, summary.connections === 1);
  });
});

function serve(device, socket, first) {
  let sources = [];
  let value = false;
  let timer;

  const sendStates = () => {
    for (const source of sources) {
      summary.states += 1;
      device.send(JSON.stringify(state(source, value)));
    }
  };

  device.on("message", (data, binary) => {
    const fault = accept(data, binary);
    if (fault) summary.faults.push(fault);
  });
  device.on("error", (error) => summary.faults.push(`socket: ${error.message}`));
  device.on("close", (code) => {
    clearInterval(timer);
    if (!ORDERLY_ENDS.has(code)) summary.faults.push(`closed with ${code}`);
  });

  // Carries out one command; the answer says what is wrong with it.
  function accept(data, binary) {
    if (binary) return "a binary message";
    const text = data.toString();
    let command;
    try {
      command = JSON.parse(text);
    } catch {
      return `not JSON: ${text}`;
    }
    if (command.command === "health") {
      if (!TIMESTAMP.test(command.timestamp)) return `timestamp: ${text}`;
      summary.health += 1;
      const timing = { origin_timestamp: command.timestamp, creation_timestamp: now() };
      device.send(JSON.stringify({ message_type: "health", timing }));
      return undefined;
    }
    if (command.command !== "subscription") return `unknown command: ${text}`;
    if (!Array.isArray(command.sources) || !command.sources.every((source) => UUID.test(source))) return `sources: ${text}`;
    summary.subscriptions += 1;
    sources = command.sources;
    sendStates();
    if (timer === undefined) {
      timer = setInterval(() => {
        value = !value;
        sendStates();
      }, CHANGE_EVERY_MS);
      if (first) setTimeout(() => socket.destroy(), CUT_AFTER_MS);
    }
    return undefined;
  }
}

function state(source, value) {
  return {
    message_type: "state",
    identity: { source_id: source, flow_id: FLOW },
    event_type: "boolean",
    timing: { creation_timestamp: now() },
    payload: { value },
  };
}

// The time as IS-07 writes it: TAI seconds and nanoseconds, two integers.
function now() {
  const milliseconds = Date.now();
  return `${Math.floor(milliseconds / 1000) + TAI_MINUS_UTC_SECONDS}:${(milliseconds % 1000) * 1_000_000}`;
}

server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.resume();
process.stdin.on("end", () => {
  const messages = {
    compressed_in: received.compressed,
    plain_in: received.plain,
    compressed_out: sent.compressed,
    plain_out: sent.plain,
  };
  console.log(JSON.stringify({ ...summary, ...messages }));
  process.exit(0);
});
