internal import SluiceOpenSSL

// A resumed session skips the check of the peer's certificate, and the owner's verdict on it. So it may be used only
// where the same certificates would have been accepted in the same way. A digest of all that decides says where: a server
// puts it into its sessions (`SSL_CTX_set_session_id_context`), a client keeps it beside them (`TLSSession`).

extension PeerVerification {
    /// The digest of how a peer is judged whose certificate must have this purpose.
    func resumptionScope(_ peer: VerificationParameters.Purpose, _ settings: ContextSettings) -> [UInt8] {
        let facts: [UInt8] = [
            peer == .server ? 1 : 0, settings.verification.mode.number, extent.number,
            settings.callbacks.asksPeerChain ? 1 : 0, revocationScope == .chain ? 1 : 0,
            UInt8(clamping: intermediatesMax),
        ]
        let roots = settings.verification.store?.certificates ?? []
        let digests = roots.map { sha256(of: $0.derWithTrustSettings) } + revocationLists.map { sha256(of: $0.der) }
        return sha256(of: facts + digests.sorted { $0.lexicographicallyPrecedes($1) }.joined())
    }
}

extension ClientAuthentication {
    /// The digest of how clients are judged.
    func resumptionScope(_ settings: ContextSettings) -> [UInt8] {
        switch self {
        case .none: sha256(of: [])
        case .optional(let verification), .required(let verification):
            verification.resumptionScope(.client, settings)
        }
    }
}

extension ServerSessions {
    /// The digest of how clients are judged together with what the owner's sessions are for.
    func resumptionScope(_ scope: [UInt8]) -> [UInt8] {
        context.isEmpty ? scope : sha256(of: scope + context)
    }
}

extension PeerVerification.Extent {
    fileprivate var number: UInt8 {
        switch self {
        case .none: 0
        case .chain: 1
        case .chainAndName: 2
        }
    }
}

extension VerificationSettings.Mode {
    fileprivate var number: UInt8 {
        switch self {
        case .none: 0
        case .optional: 1
        case .required: 2
        }
    }
}
