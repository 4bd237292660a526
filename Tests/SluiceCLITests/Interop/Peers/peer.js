// The peer program on Node's tls; see README.md.
"use strict";

const crypto = require("node:crypto");
const fs = require("node:fs");
const net = require("node:net");
const tls = require("node:tls");

const settings = Object.fromEntries(
  process.argv.slice(2).map((argument) => {
    const at = argument.indexOf("=");
    return [argument.slice(0, at), argument.slice(at + 1)];
  }),
);
const count = Number(settings.bytes ?? 0);

function report(word, pairs) {
  const known = Object.entries(pairs).filter(([, value]) => value !== undefined);
  const text = [word, ...known.map(([key, value]) => `${key}=${value}`)].join("\t");
  fs.writeSync(1, text.replaceAll("\n", " ") + "\n");
}

/** What a peer sends: byte i is i mod 251. */
function pattern(length) {
  return Uint8Array.from({ length }, (_, i) => i % 251);
}

const read = (path) => (path === undefined ? undefined : fs.readFileSync(path));

/** What both roles share. */
function options() {
  const isOld = settings.max === "1.0" || settings.max === "1.1";
  const versioned = (version) => (version === undefined ? undefined : version === "1.0" ? "TLSv1" : `TLSv${version}`);
  return {
    cert: read(settings.cert),
    key: read(settings.key),
    ca: read(settings.ca),
    minVersion: versioned(settings.min),
    maxVersion: versioned(settings.max),
    ALPNProtocols: settings.alpn?.split(","),
    // OpenSSL 3 speaks the old versions at security level 0 only.
    ciphers: settings.suites ?? (isOld ? "DEFAULT@SECLEVEL=0" : undefined),
    ecdhCurve: settings.group,
  };
}

function reportHandshake(socket) {
  const suite = socket.getCipher();
  const name = settings.role === "server" ? socket.servername || undefined : undefined;
  report("handshake", {
    version: socket.getProtocol().replace("TLSv", ""),
    suite: suite.standardName,
    alpn: socket.alpnProtocol || "",
    resumed: socket.isSessionReused() ? "yes" : "no",
    name,
    group: settings.role === "client" ? socket.getEphemeralKeyInfo().name : undefined,
    subject: socket.getPeerCertificate().subject?.CN,
  });
}

function reportFailure(error) {
  // "ssl/tls alert" reasons: sslv3 alert bad certificate, tlsv1 alert unknown ca, tlsv13 alert certificate required
  const alert = /^(?:sslv3|tlsv1|tlsv13) alert (.*)$/.exec(error.reason ?? "")?.[1].replaceAll(" ", "_");
  report("failed", { alert, words: error.message });
}

/** Counts and digests what arrives. Node doesn't tell how it ended: `end` is TCP's end as well as close_notify. */
class Intake {
  constructor(socket) {
    this.received = 0;
    this.hash = crypto.createHash("sha256");
    socket.on("data", (data) => {
      this.received += data.length;
      this.hash.update(data);
    });
  }

  get sum() {
    return this.hash.copy().digest("hex");
  }

  reportEnd() {
    report("end", { received: this.received, sha256: this.sum });
  }
}

function serve() {
  const auth = settings.auth ?? "none";
  const server = tls.createServer({
    ...options(),
    requestCert: auth !== "none",
    rejectUnauthorized: auth === "required",
    allowHalfOpen: true,
  });
  server.on("tlsClientError", reportFailure);
  server.on("secureConnection", answer);
  server.listen(0, "127.0.0.1", () => report("listening", { port: server.address().port }));
  process.stdin.resume().on("end", () => server.close());
}

function answer(socket) {
  const intake = new Intake(socket);
  let isFailed = false;
  socket.on("error", (error) => {
    isFailed = true;
    reportFailure(error);
  });
  socket.on("close", () => isFailed || settings.does === "vanish" || intake.reportEnd());
  reportHandshake(socket);
  switch (settings.does) {
    case "echo":
      socket.pipe(socket);
      break;
    case "digest":
      socket.on("end", () => socket.end(intake.sum));
      break;
    case "send":
      socket.end(pattern(count));
      break;
    case "vanish":
      socket.write(pattern(count), () => socket.destroy());
      break;
  }
}

function connect(session, left) {
  const [host, port] = settings.connect.split(":");
  const socket = tls.connect({
    ...options(),
    socket: net.connect({ host, port: Number(port), allowHalfOpen: true }),
    servername: settings.name,
    session,
    allowHalfOpen: true,
  });
  const intake = new Intake(socket);
  let isFailed = false;
  socket.on("session", (received) => (session = received));
  socket.on("keylog", (line) => settings.keylog && fs.appendFileSync(settings.keylog, line));
  socket.on("error", (error) => {
    isFailed = true;
    reportFailure(error);
  });
  socket.on("close", () => {
    if (!isFailed && settings.does !== "vanish") intake.reportEnd();
    if (left > 1) connect(session, left - 1);
  });
  socket.on("secureConnect", () => {
    reportHandshake(socket);
    converse(socket, intake);
  });
}

function converse(socket, intake) {
  switch (settings.does) {
    case "echo": {
      const endWhenComplete = () => intake.received === count && socket.end();
      socket.on("data", endWhenComplete);
      if (count > 0) socket.write(pattern(count));
      endWhenComplete();
      break;
    }
    case "digest":
      socket.end(pattern(count));
      break;
    case "send":
      socket.on("end", () => socket.end());
      break;
    case "vanish":
      socket.write(pattern(count), () => socket.destroy());
      break;
  }
}

if (settings.role === "server") serve();
else connect(undefined, Number(settings.times ?? 1));
