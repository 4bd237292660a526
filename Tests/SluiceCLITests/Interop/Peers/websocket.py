"""A WebSocket (RFC 6455) at either end, of Python's library alone: the client's messages come back from the server.

    websocket.py server                 prints "listening PORT", serves one client
    websocket.py client PORT ROOTS      speaks TLS to localhost, prints "echoed COUNT" and "closed CODE"
"""

import base64
import hashlib
import os
import socket
import ssl
import sys

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def accept(key):
    digest = hashlib.sha1(key.encode() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
    return base64.b64encode(digest).decode()


def head(stream):
    lines = []
    while line := stream.readline().decode().strip():
        lines.append(line)
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}


def mask(data, key):
    count = len(data)
    whole = (key * (count // 4 + 1))[:count]
    return (int.from_bytes(data, "big") ^ int.from_bytes(whole, "big")).to_bytes(count, "big")


def send(stream, kind, data, masked):
    count, bit = len(data), 0x80 if masked else 0
    if count < 126:
        size = bytes([bit | count])
    elif count < 65536:
        size = bytes([bit | 126]) + count.to_bytes(2, "big")
    else:
        size = bytes([bit | 127]) + count.to_bytes(8, "big")
    key = os.urandom(4) if masked else b""
    stream.write(bytes([0x80 | kind]) + size + key + (mask(data, key) if masked else data))
    stream.flush()


def receive(stream):
    first, second = stream.read(2)
    count = second & 127
    if count > 125:
        count = int.from_bytes(stream.read(2 if count == 126 else 8), "big")
    key = stream.read(4) if second & 128 else None
    data = stream.read(count)
    return first & 15, mask(data, key) if key else data


def serve():
    listener = socket.create_server(("127.0.0.1", 0))
    print("listening", listener.getsockname()[1], flush=True)
    connection = listener.accept()[0]
    stream = connection.makefile("rwb")
    answer = accept(head(stream)["sec-websocket-key"])
    words = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    stream.write(f"{words}Sec-WebSocket-Accept: {answer}\r\n\r\n".encode())
    stream.flush()
    kind = None
    while kind != CLOSE:
        kind, data = receive(stream)
        send(stream, PONG if kind == PING else kind, data, masked=False)


def connect(port, roots):
    context = ssl.create_default_context(cafile=roots)
    connection = context.wrap_socket(socket.create_connection(("127.0.0.1", port), 30), server_hostname="localhost")
    stream = connection.makefile("rwb")
    key = base64.b64encode(os.urandom(16)).decode()
    words = "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    stream.write(f"{words}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
    stream.flush()
    if head(stream)["sec-websocket-accept"] != accept(key):
        sys.exit("another key was accepted")
    count = 0
    for size in [0, 1, 125, 126, 65535, 65536, 1_000_000] + [100] * 200:
        data = os.urandom(size)
        send(stream, BINARY, data, masked=True)
        send(stream, PING, b"still there?", masked=True)
        if receive(stream) != (BINARY, data) or receive(stream) != (PONG, b"still there?"):
            sys.exit(f"{size} bytes came back as others")
        count += 1
    print("echoed", count)
    send(stream, CLOSE, (1000).to_bytes(2, "big"), masked=True)
    print("closed", int.from_bytes(receive(stream)[1], "big"))
    print("left", len(stream.read()))


serve() if sys.argv[1] == "server" else connect(int(sys.argv[2]), sys.argv[3])
