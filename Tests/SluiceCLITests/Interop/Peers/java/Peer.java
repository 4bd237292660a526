import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The peer program on Java's JSSE; see ../README.md. */
final class Peer {
    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private static final Map<String, String> GROUPS =
        Map.of("X25519", "x25519", "P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

    private final Map<String, String> settings = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        var peer = new Peer();
        for (var argument : arguments) {
            var at = argument.indexOf('=');
            peer.settings.put(argument.substring(0, at), argument.substring(at + 1));
        }
        // JSSE has no other way to name groups before Java 20.
        var group = GROUPS.get(peer.settings.getOrDefault("group", ""));
        if (group != null) System.setProperty("jdk.tls.namedGroups", group);
        if (peer.settings.get("role").equals("server")) {
            peer.serve();
        } else {
            peer.connect();
        }
    }

    private void serve() throws Exception {
        var factory = Credentials.context(settings).getServerSocketFactory();
        var listener = (SSLServerSocket) factory.createServerSocket(0, 128, InetAddress.getByName("127.0.0.1"));
        report("listening", "port", Integer.toString(listener.getLocalPort()));
        var accepting = new Thread(() -> {
            while (true) {
                try {
                    var socket = (SSLSocket) listener.accept();
                    new Thread(() -> guarded(socket, this::answer)).start();
                } catch (IOException closed) {
                    return;
                }
            }
        });
        accepting.start();
        System.in.transferTo(OutputStream.nullOutputStream());
        listener.close();  // the virtual machine then waits for the threads that answer
    }

    private void connect() throws Exception {
        var factory = Credentials.context(settings).getSocketFactory();
        var address = settings.get("connect").split(":");
        for (var i = 0; i < number("times", 1); i++) {
            var transport = new Socket(address[0], Integer.parseInt(address[1]));
            // The name given here is the key of JSSE's session cache.
            var name = settings.get("name");
            guarded((SSLSocket) factory.createSocket(transport, name, transport.getPort(), true), this::converse);
        }
    }

    private interface Conversation {
        void hold(SSLSocket socket) throws Exception;
    }

    private void guarded(SSLSocket socket, Conversation conversation) {
        try (socket) {
            configure(socket);
            socket.startHandshake();
            reportHandshake(socket);
            conversation.hold(socket);
        } catch (Exception failure) {
            reportFailure(failure);
        }
    }

    private void configure(SSLSocket socket) {
        var parameters = socket.getSSLParameters();
        var lowest = VERSIONS.indexOf(version(settings.getOrDefault("min", "1.2")));
        var highest = VERSIONS.indexOf(version(settings.getOrDefault("max", "1.3")));
        parameters.setProtocols(VERSIONS.subList(lowest, highest + 1).toArray(new String[0]));
        if (settings.containsKey("alpn")) {
            parameters.setApplicationProtocols(settings.get("alpn").split(","));
        }
        if (settings.containsKey("suites")) {
            parameters.setCipherSuites(settings.get("suites").split(":"));
        }
        if (settings.get("role").equals("client")) {
            parameters.setServerNames(List.of(new SNIHostName(settings.get("name"))));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        } else {
            parameters.setWantClientAuth("optional".equals(settings.get("auth")));
            if ("required".equals(settings.get("auth"))) parameters.setNeedClientAuth(true);
        }
        socket.setSSLParameters(parameters);
    }

    private static String version(String number) {
        return number.equals("1.0") ? "TLSv1" : "TLSv" + number;
    }

    private void answer(SSLSocket socket) throws Exception {
        var intake = new Intake();
        var output = socket.getOutputStream();
        switch (settings.get("does")) {
            case "echo" -> intake.readAll(socket.getInputStream(), output);
            case "digest" -> {
                intake.readAll(socket.getInputStream(), OutputStream.nullOutputStream());
                output.write(intake.sum().getBytes());
            }
            case "send" -> {
                output.write(pattern(number("bytes", 0)));
                socket.shutdownOutput();
                intake.readAll(socket.getInputStream(), OutputStream.nullOutputStream());
            }
            default -> throw new IllegalArgumentException("not for Java: JSSE closes no socket without close_notify");
        }
        socket.close();
        intake.reportEnd();
    }

    private void converse(SSLSocket socket) throws Exception {
        var intake = new Intake();
        var input = socket.getInputStream();
        var output = socket.getOutputStream();
        var bytes = pattern(number("bytes", 0));
        switch (settings.get("does")) {
            case "echo" -> {
                var sending = new Thread(() -> {
                    try {
                        output.write(bytes);
                    } catch (IOException failure) {
                        reportFailure(failure);
                    }
                });
                sending.start();
                intake.read(input, bytes.length);
                sending.join();
                socket.shutdownOutput();
            }
            case "digest" -> {
                output.write(bytes);
                socket.shutdownOutput();
            }
            default -> {}
        }
        intake.readAll(input, OutputStream.nullOutputStream());
        socket.close();
        intake.reportEnd();
    }

    /** Counts and digests what arrives. */
    private static final class Intake {
        private final MessageDigest digest;
        private int received = 0;

        Intake() throws Exception {
            digest = MessageDigest.getInstance("SHA-256");
        }

        void readAll(InputStream input, OutputStream copy) throws IOException {
            var buffer = new byte[65536];
            for (int count; (count = input.read(buffer)) >= 0; ) {
                take(buffer, count);
                copy.write(buffer, 0, count);
            }
        }

        void read(InputStream input, int bytes) throws IOException {
            var buffer = new byte[65536];
            for (int count; received < bytes && (count = input.read(buffer)) >= 0; ) take(buffer, count);
        }

        private void take(byte[] buffer, int count) {
            received += count;
            digest.update(buffer, 0, count);
        }

        String sum() throws CloneNotSupportedException {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        }

        /** JSSE throws where the bytes end without close_notify, so this was the clean end. */
        void reportEnd() throws Exception {
            report("end", "how", "close_notify", "received", Integer.toString(received), "sha256", sum());
        }
    }

    private static void reportHandshake(SSLSocket socket) {
        var session = socket.getSession();
        String subject = null;
        try {
            subject = session.getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException anonymous) {
            subject = null;
        }
        var protocol = socket.getApplicationProtocol();
        report(
            "handshake",
            "version", session.getProtocol().replace("TLSv", ""),
            "suite", session.getCipherSuite(),
            "alpn", protocol == null ? "" : protocol,
            "subject", subject == null ? null : subject.replaceAll("^.*CN=([^,]*).*$", "$1"));
    }

    private static void reportFailure(Exception failure) {
        var match = Pattern.compile("Received fatal alert: (\\w+)").matcher(String.valueOf(failure.getMessage()));
        var incorrectly = failure instanceof SSLException && failure.toString().contains("incorrectly");
        if (incorrectly) {
            report("end", "how", "truncated");
        } else {
            report("failed", "alert", match.find() ? match.group(1) : null, "words", failure.toString());
        }
    }

    private static synchronized void report(String word, String... pairs) {
        var line = new StringBuilder(word);
        for (var i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) line.append('\t').append(pairs[i]).append('=').append(pairs[i + 1]);
        }
        System.out.println(line.toString().replace('\n', ' '));
    }

    private int number(String key, int otherwise) {
        return settings.containsKey(key) ? Integer.parseInt(settings.get(key)) : otherwise;
    }

    /** What a peer sends: byte i is i mod 251. */
    private static byte[] pattern(int count) {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte) (i % 251);
        return bytes;
    }
}
