internal import COpenSSL

/// One key that a server encrypts session tickets with: a name that stands in the ticket, an AES-256 key and an
/// HMAC-SHA-256 key, as RFC 5077 §4 recommends.
package struct TicketKey: Hashable, Sendable {
    /// 16 bytes.
    package let name: [UInt8]
    /// 32 bytes.
    package let macKey: [UInt8]
    /// 16 bytes (AES-128) or 32 (AES-256).
    package let cipherKey: [UInt8]

    /// A key of these parts, or nil if a length is wrong.
    package init?(name: [UInt8], macKey: [UInt8], cipherKey: [UInt8]) {
        guard name.count == ticketKeyNameBytes, macKey.count == cipherKey.count, [16, 32].contains(cipherKey.count)
        else { return nil }
        self.name = name
        self.macKey = macKey
        self.cipherKey = cipherKey
    }

    /// The cipher for this key's length (`EVP_aes_256_cbc`, `EVP_aes_128_cbc`).
    private var cipher: OpaquePointer? {
        cipherKey.count == 32 ? unsafe EVP_aes_256_cbc() : unsafe EVP_aes_128_cbc()
    }

    /// Prepares libssl's cipher and MAC for one ticket (`EVP_CipherInit_ex`, `EVP_MAC_init`).
    func prepare(
        cipher context: OpaquePointer?,
        mac: OpaquePointer?,
        initialisationVector: UnsafePointer<UInt8>?,
        encrypts: Bool
    ) -> Bool {
        // OSSL_PARAM keeps pointers to both strings, so both must outlive the call that reads them.
        var digest = Array("SHA256".utf8CString)
        let macIsReady = unsafe OSSL_MAC_PARAM_DIGEST.withCString { name in
            unsafe digest.withUnsafeMutableBufferPointer { digest in
                var parameters = unsafe [
                    OSSL_PARAM_construct_utf8_string(name, digest.baseAddress, 0),
                    OSSL_PARAM_construct_end(),
                ]
                return unsafe EVP_MAC_init(mac, macKey, macKey.count, &parameters) == 1
            }
        }
        guard macIsReady else { return false }
        return unsafe EVP_CipherInit_ex(context, cipher, nil, cipherKey, initialisationVector, encrypts ? 1 : 0) == 1
    }
}

/// The length of a key name in a ticket, fixed by libssl (`TLSEXT_KEYNAME_LENGTH`).
package let ticketKeyNameBytes = 16

/// The length of a ticket's initialisation vector: one AES block.
let ticketInitialisationVectorBytes = 16
