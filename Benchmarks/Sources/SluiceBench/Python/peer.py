"""Python's ssl.MemoryBIO beside the other peers.

Started with a folder that holds chain.pem, key.pem, root.pem and other_root.pem. Reads one command a line, a JSON
array of a name and its arguments, and answers one line of JSON: {"value": ...} or {"failure": "words"}. Times are
its own, so the pipe isn't in them.

Many a Python can't choose TLS 1.3 suites and groups: they come from the file that OPENSSL_CONF names.
"""

import ctypes
import gc
import hashlib
import json
import os
import ssl
import struct
import sys
import time

HOST = "bench.test"
VERSIONS = {"TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}
MESSAGE = bytes(64)
RECORD_BYTES_MAX = 16384
# RFC 8446 §4.2.7; OpenSSL's short names.
GROUPS = {23: "prime256v1", 24: "secp384r1", 25: "secp521r1", 29: "X25519", 30: "X448"}
HANDSHAKE, SERVER_HELLO, SERVER_KEY_EXCHANGE, KEY_SHARE, NAMED_CURVE = 22, 2, 12, 51, 3


class Failure(Exception):
    """The peer did not do what it was asked to do."""


def context(protocol, version):
    made = ssl.SSLContext(protocol)
    made.minimum_version = made.maximum_version = version
    made.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
    return made


def client_context(folder, root, version):
    made = context(ssl.PROTOCOL_TLS_CLIENT, version)  # verifies chain and host
    made.load_verify_locations(os.path.join(folder, root))
    return made


def server_context(folder, version):
    made = context(ssl.PROTOCOL_TLS_SERVER, version)
    made.load_cert_chain(os.path.join(folder, "chain.pem"), os.path.join(folder, "key.pem"))
    return made


class Pair:
    """A client and a server, each with two MemoryBIOs of its own."""

    __slots__ = ("client", "server", "client_in", "client_out", "server_in", "server_out")

    def __init__(self, client, server, host=HOST, session=None):
        self.client_in, self.client_out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.server_in, self.server_out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.client = client.wrap_bio(self.client_in, self.client_out, server_hostname=host, session=session)
        self.server = server.wrap_bio(self.server_in, self.server_out, server_side=True)

    def carry_to_server(self):
        self.server_in.write(self.client_out.read())

    def carry_to_client(self):
        self.client_in.write(self.server_out.read())

    def establish(self):
        """Completes the handshake; the client takes in what comes after it."""
        client_done = server_done = False
        for _ in range(4):
            client_done = client_done or advance(self.client)
            self.carry_to_server()
            server_done = server_done or advance(self.server)
            self.carry_to_client()
            if client_done and server_done:
                expect_nothing(self.client)  # takes the tickets in
                return self
        raise Failure("the handshake did not end")

    def round_trip(self, message):
        self.client.write(message)
        self.carry_to_server()
        received = self.server.read(len(message))
        self.server.write(received)
        self.carry_to_client()
        if len(self.client.read(len(message))) != len(message):
            raise Failure("less was read than was written")


def advance(end):
    try:
        end.do_handshake()
        return True
    except ssl.SSLWantReadError:
        return False


def expect_nothing(end):
    try:
        end.read(1)
    except ssl.SSLWantReadError:
        return
    raise Failure("there was something to read")


class Peer:
    def __init__(self, folder):
        self.clients = {name: client_context(folder, "root.pem", version) for name, version in VERSIONS.items()}
        self.servers = {name: server_context(folder, version) for name, version in VERSIONS.items()}
        self.client, self.server = self.clients["TLSv1.3"], self.servers["TLSv1.3"]
        self.stranger = client_context(folder, "other_root.pem", VERSIONS["TLSv1.3"])
        # Apart from those that work is timed with: a message callback costs time.
        self.watched = {name: client_context(folder, "root.pem", version) for name, version in VERSIONS.items()}

    def hello(self):
        return f"Python {sys.version.split()[0]}, {ssl.OPENSSL_VERSION}"

    # Work: the seconds that it took.

    def handshakes(self, version, count):
        client, server = self.clients[version], self.servers[version]
        start = time.perf_counter()
        for _ in range(count):
            Pair(client, server).establish()
        return time.perf_counter() - start

    def resumed(self, count):
        # A connection that is freed without close_notify spoils its session, so each outlives the next handshake.
        before = Pair(self.client, self.server).establish()
        start = time.perf_counter()
        for _ in range(count):
            after = Pair(self.client, self.server, session=before.client.session).establish()
            if not (after.client.session_reused and after.server.session_reused):
                raise Failure("a handshake was not resumed")
            before = after
        return time.perf_counter() - start

    def bulk(self, total, write_bytes):
        pair = Pair(self.client, self.server).establish()
        plain, buffer = bytes(write_bytes), bytearray(RECORD_BYTES_MAX)
        write, carry, read = pair.client.write, pair.carry_to_server, pair.server.read
        sent = received = 0
        start = time.perf_counter()
        while sent < total:
            sent += write(plain)
            carry()
            try:
                while True:
                    received += read(RECORD_BYTES_MAX, buffer)
            except ssl.SSLWantReadError:
                pass
        elapsed = time.perf_counter() - start
        if received != sent:
            raise Failure("less was read than was written")
        return elapsed

    def ping_pong(self, count):
        pair = Pair(self.client, self.server).establish()
        start = time.perf_counter()
        for _ in range(count):
            pair.round_trip(MESSAGE)
        return time.perf_counter() - start

    def crowd(self, pair_count, count):
        pairs = [Pair(self.client, self.server).establish() for _ in range(pair_count)]
        start = time.perf_counter()
        for trip in range(count):
            pairs[trip % pair_count].round_trip(MESSAGE)
        return time.perf_counter() - start

    # Checks.

    def negotiate(self, version):
        groups = []

        def watch(connection, direction, version, content_type, message_type, data):
            if direction == "read" and content_type == HANDSHAKE:
                groups.extend(group_chosen(message_type, bytes(data)))

        client = self.watched[version]
        client._msg_callback = watch
        pair = Pair(client, self.servers[version]).establish()
        client._msg_callback = None
        if len(groups) != 1:
            raise Failure("the server chose no group, or several")
        name = GROUPS.get(groups[0], str(groups[0]))
        return {"version": pair.client.version(), "cipherSuite": pair.client.cipher()[0], "group": name}

    def resumes(self):
        first = Pair(self.client, self.server).establish()
        second = Pair(self.client, self.server, session=first.client.session).establish()
        return second.client.session_reused and second.server.session_reused

    def verify_error(self, host, trusts_root):
        """X509_V_ERR_…, or 0 where the client accepts the server."""
        try:
            Pair(self.client if trusts_root else self.stranger, self.server, host=host).establish()
        except ssl.SSLCertVerificationError as error:
            return error.verify_code
        return 0

    def digest(self, count):
        pair = Pair(self.client, self.server).establish()
        plain = bytes((place * 31 + (place >> 8) * 7) & 0xFF for place in range(count))
        digest = hashlib.sha256()
        for offset in range(0, count, RECORD_BYTES_MAX):
            pair.client.write(plain[offset : offset + RECORD_BYTES_MAX])
            pair.carry_to_server()
            try:
                while True:
                    digest.update(pair.server.read(RECORD_BYTES_MAX))
            except ssl.SSLWantReadError:
                pass
        return digest.hexdigest()

    def idle(self, count):
        """Bytes of a pair, of the heap and in memory. Python's own allocator must be malloc for this: PYTHONMALLOC=malloc."""
        if os.environ.get("PYTHONMALLOC") != "malloc":
            raise Failure("objects are not made by malloc")
        message = bytes(1024)
        Pair(self.client, self.server).establish().round_trip(message)  # what is allocated once only
        pairs = [None] * count
        gc.collect()
        heap, resident = heap_bytes_in_use(), resident_bytes()
        for index in range(count):
            pairs[index] = Pair(self.client, self.server).establish()
            pairs[index].round_trip(message)
        gc.collect()
        heap, resident = heap_bytes_in_use() - heap, resident_bytes() - resident
        return {"heap": heap / count, "resident": resident / count}


def group_chosen(message_type, data):
    """The group in a ServerHello's key_share or in a ServerKeyExchange, as a list of none or one."""
    if message_type == SERVER_KEY_EXCHANGE and data[4] == NAMED_CURVE:
        return [int.from_bytes(data[5:7], "big")]
    if message_type != SERVER_HELLO:
        return []
    # Header 4, version 2, random 32; session ID with its length; suite 2, compression 1, length of extensions 2.
    offset = 38 + 1 + data[38] + 5
    while offset + 4 <= len(data):
        kind, size = struct.unpack_from(">HH", data, offset)
        if kind == KEY_SHARE:
            return [int.from_bytes(data[offset + 4 : offset + 6], "big")]
        offset += 4 + size
    return []


class Mallinfo2(ctypes.Structure):
    NAMES = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
    _fields_ = [(name, ctypes.c_size_t) for name in NAMES.split()]


def heap_bytes_in_use():
    mallinfo2 = ctypes.CDLL(None).mallinfo2
    mallinfo2.restype = Mallinfo2
    information = mallinfo2()
    return information.uordblks + information.hblkhd


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def answer(peer, line):
    try:
        name, *arguments = json.loads(line)
        return {"value": getattr(peer, name)(*arguments)}
    except Exception as error:  # told to the other end, which stops
        return {"failure": f"{type(error).__name__}: {error}"}


def main():
    peer = Peer(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(answer(peer, line)), flush=True)


main()
