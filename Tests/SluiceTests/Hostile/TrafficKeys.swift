import COpenSSL
import Sluice

/// What seals one direction of a connection with AES-128-GCM and SHA-256: RFC 8446 §7.3 or RFC 5288 §3.
struct TrafficKeys {
    private let version: TLSVersion
    private var secret: [UInt8]
    private var key: [UInt8] = []
    private var iv: [UInt8] = []
    private var sequenceNumber: UInt64

    /// The keys of TLS 1.3 application data, by the secret of the key log.
    init(trafficSecret: [UInt8]) {
        version = .tls13
        secret = trafficSecret
        sequenceNumber = 0
        derive()
    }

    /// One end's keys of TLS 1.2 after its Finished.
    init(masterSecret: [UInt8], clientRandom: [UInt8], serverRandom: [UInt8], isClient: Bool) {
        version = .tls12
        secret = []
        sequenceNumber = 1
        let block = Self.prf(masterSecret, Array("key expansion".utf8) + serverRandom + clientRandom, 40)
        key = Array(isClient ? block[0..<16] : block[16..<32])
        iv = Array(isClient ? block[32..<36] : block[36..<40])
    }

    /// The next generation of TLS 1.3 keys, RFC 8446 §7.2.
    mutating func update() {
        secret = expandLabel("traffic upd", 32)
        sequenceNumber = 0
        derive()
    }

    /// One record. In TLS 1.3 `padding` zeros hide the length of the plaintext.
    mutating func seal(_ type: UInt8, _ plaintext: [UInt8], padding: Int = 0) -> WireRecord {
        defer { sequenceNumber += 1 }
        let sequence = withUnsafeBytes(of: sequenceNumber.bigEndian) { Array($0) }
        if version == .tls12 {
            let associated = sequence + [type, 3, 3] + bigEndian(plaintext.count, 2)
            return WireRecord(type, sequence + encrypt(plaintext, nonce: iv + sequence, associated))
        }
        let inner = plaintext + [type] + [UInt8](repeating: 0, count: padding)
        let nonce = zip(iv, [0, 0, 0, 0] + sequence).map { $0 ^ $1 }
        return WireRecord(23, encrypt(inner, nonce: nonce, [23, 3, 3] + bigEndian(inner.count + 16, 2)))
    }

    private mutating func derive() {
        key = expandLabel("key", 16)
        iv = expandLabel("iv", 12)
    }

    /// HKDF-Expand-Label with an empty context and at most one block, RFC 8446 §7.1.
    private func expandLabel(_ label: String, _ count: Int) -> [UInt8] {
        let name = Array("tls13 \(label)".utf8)
        return Array(Self.hmac(secret, bigEndian(count, 2) + [UInt8(name.count)] + name + [0, 1]).prefix(count))
    }

    /// P_SHA256, RFC 5246 §5.
    private static func prf(_ secret: [UInt8], _ seed: [UInt8], _ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var link = seed
        while bytes.count < count {
            link = hmac(secret, link)
            bytes += hmac(secret, link + seed)
        }
        return Array(bytes.prefix(count))
    }

    private static func hmac(_ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        HMAC(EVP_sha256(), key, CInt(key.count), message, message.count, &digest, nil)
        return digest
    }

    private func encrypt(_ plaintext: [UInt8], nonce: [UInt8], _ associated: [UInt8]) -> [UInt8] {
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        var sealed = [UInt8](repeating: 0, count: plaintext.count)
        var tag = [UInt8](repeating: 0, count: 16)
        var count: CInt = 0
        EVP_EncryptInit_ex(context, EVP_aes_128_gcm(), nil, key, nonce)
        EVP_EncryptUpdate(context, nil, &count, associated, CInt(associated.count))
        EVP_EncryptUpdate(context, &sealed, &count, plaintext, CInt(plaintext.count))
        EVP_EncryptFinal_ex(context, &tag, &count)
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag)
        return sealed + tag
    }
}
