"""The peer program on Python's ssl; see README.md."""

import hashlib
import re
import select
import socket
import ssl
import sys
import threading

VERSIONS = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}
DEMANDS = {"optional": ssl.CERT_OPTIONAL, "required": ssl.CERT_REQUIRED}
CURVES = {"P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"}


def main():
    settings = dict(argument.split("=", 1) for argument in sys.argv[1:])
    if settings["role"] == "server":
        serve(settings)
    else:
        connect(settings)


def report(word, **pairs):
    text = "\t".join([word] + [f"{key}={value}" for key, value in pairs.items() if value is not None])
    sys.stdout.write(text.replace("\n", " ") + "\n")
    sys.stdout.flush()


def pattern(count):
    """What a peer sends: byte i is i mod 251."""
    return (bytes(range(251)) * (count // 251 + 1))[:count]


def make_context(settings):
    is_server = settings["role"] == "server"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if is_server else ssl.PROTOCOL_TLS_CLIENT)
    if "min" in settings:
        context.minimum_version = VERSIONS[settings["min"]]
    if "max" in settings:
        context.maximum_version = VERSIONS[settings["max"]]
        if settings["max"] in ("1.0", "1.1"):  # OpenSSL 3 speaks them at security level 0 only
            context.set_ciphers("DEFAULT@SECLEVEL=0")
    if "suites" in settings:
        context.set_ciphers(settings["suites"])
    if "group" in settings:
        context.set_ecdh_curve(CURVES[settings["group"]])
    if "cert" in settings:
        context.load_cert_chain(settings["cert"], settings["key"])
    if "ca" in settings:
        context.load_verify_locations(settings["ca"])
    if is_server:
        context.verify_mode = DEMANDS.get(settings.get("auth"), ssl.CERT_NONE)
        context.sni_callback = note_name
    if "alpn" in settings:
        context.set_alpn_protocols(settings["alpn"].split(","))
    if "keylog" in settings:
        context.keylog_filename = settings["keylog"]
    return context


def note_name(connection, name, context):
    connection.requested_name = name


class Intake:
    """Counts and digests what arrives."""

    def __init__(self):
        self.received = 0
        self.digest = hashlib.sha256()

    def take(self, data):
        self.received += len(data)
        self.digest.update(data)

    def report_end(self, how):
        report("end", how=how, received=self.received, sha256=self.digest.hexdigest())


def report_handshake(connection):
    certificate = connection.getpeercert() or {}
    subject = dict(pair for part in certificate.get("subject", ()) for pair in part)
    report(
        "handshake",
        version=connection.version().removeprefix("TLSv"),
        suite=connection.cipher()[0],
        alpn=connection.selected_alpn_protocol() or "",
        resumed="yes" if connection.session_reused else "no",
        name=getattr(connection, "requested_name", None),
        subject=subject.get("commonName"),
    )


def report_failure(error):
    # "[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca (_ssl.c:1006)"; not every alert has a name in brackets
    match = re.search(r"(?:sslv3|tlsv1|tlsv13) alert ([a-z ]+)", str(error))
    report("failed", alert=match and match[1].strip().replace(" ", "_"), words=str(error))


def read_all(connection, take):
    """Reads to the end and says which one it was."""
    while True:
        try:
            data = connection.recv(65536)
        except ssl.SSLEOFError:
            return "truncated"
        if not data:
            return "close_notify"
        take(data)


def exchange(connection, data, intake):
    """Sends and receives as many bytes at the same time; one thread, as an SSL object demands."""
    connection.setblocking(False)
    data = memoryview(data)
    expected, sent = len(data), 0
    while intake.received < expected:
        wants_write = sent < expected
        if not connection.pending():
            select.select([connection], [connection] if wants_write else [], [])
        try:
            if wants_write:
                sent += connection.send(data[sent : sent + 16384])
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        try:
            chunk = connection.recv(65536)
            if not chunk:
                return
            intake.take(chunk)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
    connection.setblocking(True)


def close(connection):
    """close_notify, sent and awaited."""
    connection.unwrap().close()


def vanish(connection):
    """TCP's end without close_notify."""
    socket.socket(fileno=connection.detach()).close()


def serve(settings):
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    context = make_context(settings)
    report("listening", port=listener.getsockname()[1])
    threading.Thread(target=accept, args=(listener, context, settings), daemon=True).start()
    sys.stdin.buffer.read()  # the interpreter then waits for the threads that answer


def accept(listener, context, settings):
    while True:
        transport, _ = listener.accept()
        # A thread takes after the one that starts it, and nobody waits for daemons.
        arguments = (answer, transport, context, settings)
        threading.Thread(target=guarded, args=arguments, daemon=False).start()


def guarded(converse, *arguments):
    try:
        converse(*arguments)
    except OSError as error:  # ssl.SSLError is one
        report_failure(error)


def answer(transport, context, settings):
    connection = context.wrap_socket(transport, server_side=True, suppress_ragged_eofs=False)
    report_handshake(connection)
    intake = Intake()
    data = pattern(int(settings.get("bytes", 0)))
    match settings["does"]:
        case "echo":

            def send_back(chunk):
                intake.take(chunk)
                connection.sendall(chunk)

            how = read_all(connection, send_back)
        case "digest":
            how = read_all(connection, intake.take)
            connection.sendall(intake.digest.hexdigest().encode())
        case "send":
            connection.sendall(data)
            how = "close_notify"
        case "vanish":
            connection.sendall(data)
            return vanish(connection)
    if how == "close_notify":
        close(connection)
    intake.report_end(how)


def connect(settings):
    context = make_context(settings)
    session = None
    for _ in range(int(settings.get("times", 1))):
        host, port = settings["connect"].rsplit(":", 1)
        transport = socket.create_connection((host, int(port)))
        outcome = []
        guarded(lambda: outcome.append(converse(transport, context, session, settings)))
        session = outcome[0] if outcome else session


def converse(transport, context, session, settings):
    connection = context.wrap_socket(
        transport, server_hostname=settings["name"], session=session, suppress_ragged_eofs=False
    )
    report_handshake(connection)
    intake = Intake()
    data = pattern(int(settings.get("bytes", 0)))
    how = "close_notify"
    match settings["does"]:
        case "echo":
            exchange(connection, data, intake)
        case "send":
            how = read_all(connection, intake.take)
        case "vanish":
            connection.sendall(data)
            return vanish(connection)
    session = connection.session  # TLS 1.3 tickets have come by now
    if how == "close_notify":
        close(connection)
    intake.report_end(how)
    return session


main()
