/// Why a certificate, a key or a set of trusted roots can't be used.
package struct CredentialFailure: Error, Hashable, Sendable {
    /// What is wrong, to branch on.
    package let kind: Kind

    /// What was wrong with what, for people.
    package let words: String

    /// What OpenSSL said; empty where it wasn't OpenSSL that objected.
    package let openSSL: OpenSSLFailure

    /// A failure, with what OpenSSL left in this thread's error queue.
    init(_ kind: Kind, _ words: String) {
        self.kind = kind
        self.words = words
        self.openSSL = .takingQueue()
    }

    /// The kinds of failure.
    package enum Kind: Hashable, Sendable {
        case malformedCertificate, malformedKey, malformedRevocationList, malformedBundle
        case unsupportedKey, unsupportedEncryption, missingPassphrase, wrongPassphrase, emptyChain
        case unreadableFile, unusableParameter, unusableOCSPResponse, outOfMemory
    }
}

extension CredentialFailure {
    private init(_ kind: Kind, _ words: String, _ openSSL: OpenSSLFailure) {
        self.kind = kind
        self.words = words
        self.openSSL = openSSL
    }

    /// The same failure by a better name, once OpenSSL's codes have been looked at.
    func renamed(_ kind: Kind, _ words: String) -> CredentialFailure {
        CredentialFailure(kind, words, openSSL)
    }
}
