package import SluiceOpenSSL

extension TLSError {
    /// The one place where failures of certificates, keys and roots become public errors.
    package init(_ failure: CredentialFailure) {
        let (code, fault) = Self.codeAndFault(of: failure.kind)
        self.init(code, fault: fault, failure.words)
        openSSLWords = failure.openSSL.words
    }

    /// Runs a step of the fence and throws its failures as public errors.
    package static func mapping<R>(_ body: () throws(CredentialFailure) -> R) throws(TLSError) -> R {
        do throws(CredentialFailure) { return try body() } catch { throw TLSError(error) }
    }

    private static func codeAndFault(of kind: CredentialFailure.Kind) -> (Code, Fault) {
        switch kind {
        case .malformedCertificate, .malformedRevocationList, .malformedBundle, .emptyChain:
            (.invalidCertificate, .caller)
        case .malformedKey, .unsupportedKey, .unsupportedEncryption: (.invalidPrivateKey, .caller)
        case .missingPassphrase, .wrongPassphrase: (.wrongPassphrase, .caller)
        case .unreadableFile, .unusableParameter: (.invalidConfiguration, .caller)
        case .unusableOCSPResponse: (.invalidOCSPResponse, .caller)
        case .outOfMemory: (.internalFailure, .internal)
        }
    }
}
