import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** PEM files, which JSSE has no reader for, as an SSLContext. */
final class Credentials {
    private static final char[] NO_PASSWORD = new char[0];

    static SSLContext context(Map<String, String> settings) throws Exception {
        var identities = KeyManagerFactory.getInstance("PKIX");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (settings.containsKey("cert")) {
            var chain = certificates(settings.get("cert"));
            store.setKeyEntry("identity", key(settings.get("key")), NO_PASSWORD, chain);
        }
        identities.init(store, NO_PASSWORD);
        var roots = TrustManagerFactory.getInstance("PKIX");
        if (settings.containsKey("ca")) {
            var anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("root", certificates(settings.get("ca"))[0]);
            roots.init(anchors);
        } else {
            roots.init((KeyStore) null);
        }
        var context = SSLContext.getInstance("TLS");
        context.init(identities.getKeyManagers(), roots.getTrustManagers(), null);
        return context;
    }

    private static Certificate[] certificates(String path) throws Exception {
        var bytes = new ByteArrayInputStream(Files.readAllBytes(Path.of(path)));
        return CertificateFactory.getInstance("X.509").generateCertificates(bytes).toArray(new Certificate[0]);
    }

    private static PrivateKey key(String path) throws Exception {
        var text = Files.readString(Path.of(path)).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
        for (var algorithm : new String[] {"EC", "RSA", "EdDSA"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException otherAlgorithm) {
                continue;
            }
        }
        throw new IllegalArgumentException("no key that Java reads: " + path);
    }
}
