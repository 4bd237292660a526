"""The peer program on rustls, by way of PyPI's pyrtls; the README beside it says how it is called.

pyrtls has no way to send close_notify, to choose versions or groups, or to ask clients for certificates. Its sockets
wait for bytes that came with the handshake's last, so bytes are carried here.
"""

import pathlib
import re
import socket
import sys
import threading

import pyrtls


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


def report_failure(error):
    alert = re.search(r"received fatal alert: (?:the peer )?(\w+)", str(error))
    report("failed", alert=alert and alert[1], words=str(error))


def pattern(count):
    """What a peer sends: byte i is i mod 251."""
    return (bytes(range(251)) * (count // 251 + 1))[:count]


def protocols(settings):
    return settings["alpn"].split(",") if "alpn" in settings else None


def certificates(path):
    return re.findall(
        r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", pathlib.Path(path).read_text(), re.S
    )


def serve(settings):
    key = pathlib.Path(settings["key"]).read_text()
    config = pyrtls.ServerConfig(certificates(settings["cert"]), key, alpn_protocols=protocols(settings))
    listener = socket.create_server(("127.0.0.1", 0))
    report("listening", port=listener.getsockname()[1])
    threading.Thread(target=accept, args=(listener, config, settings), daemon=True).start()
    sys.stdin.buffer.read()


def accept(listener, config, settings):
    while True:
        transport, _ = listener.accept()
        try:
            converse(transport, pyrtls.ServerConnection(config), settings)
        except OSError as error:  # pyrtls has no error of its own
            report_failure(error)
        transport.close()


def connect(settings):
    host, port = settings["connect"].rsplit(":", 1)
    roots = certificates(settings["ca"])
    config = pyrtls.ClientConfig(platform_verifier=False, custom_roots=roots, alpn_protocols=protocols(settings))
    for _ in range(int(settings.get("times", 1))):
        transport = socket.create_connection((host, int(port)))
        try:
            converse(transport, pyrtls.ClientConnection(config, settings["name"]), settings)
        except OSError as error:  # pyrtls has no error of its own
            report_failure(error)
        transport.close()


def converse(transport, tls, settings):
    """A client sends so many bytes and reads as many; a server sends back what comes."""
    is_client, expected, received = settings["role"] == "client", int(settings.get("bytes", 0)), 0
    if is_client:
        tls.write(pattern(expected))
        flush(transport, tls)
    while not is_client or received < expected:
        plaintext = receive(transport, tls)
        if plaintext is None:
            break
        received += len(plaintext)
        if plaintext and not is_client:
            tls.write(plaintext)
            flush(transport, tls)
    report("end", received=received)


def receive(transport, tls):
    """What the next bytes from the peer amount to; None at the end."""
    ciphertext, plaintext = transport.recv(65536), b""
    if not ciphertext:
        return None
    try:
        while ciphertext:
            ciphertext = ciphertext[tls.read_tls(ciphertext) :]
            state = tls.process_new_packets()
            buffer = bytearray(state.plaintext_bytes_to_read)
            if buffer:
                plaintext += buffer[: tls.read_into(buffer)]
            if state.peer_has_closed:
                return plaintext or None
    finally:
        flush(transport, tls)
    return plaintext


def flush(transport, tls):
    buffer = bytearray(65536)
    while tls.writable():
        transport.sendall(buffer[: tls.write_tls_into(buffer)])


main()
