internal import COpenSSL

/// What a certificate chain must satisfy beyond leading to a root.
package struct VerificationParameters: Hashable, Sendable {
    /// What the leaf must be good for.
    package var purpose: Purpose = .server

    /// The host name to find in the leaf, in A-labels; nil for none.
    package var hostName: String?

    /// The IP address to find in the leaf, 4 or 16 bytes; nil for none.
    package var ipAddress: [UInt8]?

    /// The moment at which it must be valid, in seconds since 1970; nil lets OpenSSL read the system's clock.
    package var time: Int64?

    /// How many intermediates may stand between leaf and root; nil for OpenSSL's 100.
    package var intermediatesMax: Int?

    /// Which certificates are looked up in revocation lists.
    package var revocation: Revocation = .none

    /// Whether the chain may end at any certificate of the store, not only at one that signed itself.
    package var anchors: Anchors = .selfSigned

    /// OpenSSL's security level 0…5 for keys and digests in the chain; nil leaves it alone (an `SSL` sets its own).
    package var securityLevel: Int?

    /// Parameters as the defaults say.
    package init() {}

    /// What a leaf is for, RFC 5280 §4.2.1.12.
    package enum Purpose: Hashable, Sendable { case server, client, any }

    /// Which certificates must not be revoked; a list that is missing or outdated is then a failure.
    package enum Revocation: Hashable, Sendable { case none, leaf, chain }

    /// What in the store ends a chain.
    package enum Anchors: Hashable, Sendable { case selfSigned, anyTrusted }
}

extension VerificationParameters {
    /// Sets all of this on an `X509_VERIFY_PARAM`, which may be an `SSL`'s own.
    ///
    /// - Throws: `unusableParameter` for a host name or an address that OpenSSL doesn't take.
    func apply(to parameters: OpaquePointer) throws(CredentialFailure) {
        ERR_clear_error()
        unsafe setNumbers(on: parameters)
        var flags: CInt = 0
        if revocation != .none { flags |= CInt(X509_V_FLAG_CRL_CHECK) }
        if revocation == .chain { flags |= CInt(X509_V_FLAG_CRL_CHECK_ALL) }
        if anchors == .anyTrusted { flags |= CInt(X509_V_FLAG_PARTIAL_CHAIN) }
        guard unsafe X509_VERIFY_PARAM_set_flags(parameters, UInt(flags)) == 1 else {
            throw CredentialFailure(.unusableParameter, "verification flags \(flags) were refused")
        }
        try unsafe setPurpose(on: parameters)
        try unsafe applyName(to: parameters)
    }

    /// `X509_VERIFY_PARAM_set_depth`, `…_set_time`, `…_set_auth_level`.
    private func setNumbers(on parameters: OpaquePointer) {
        if let intermediatesMax { unsafe X509_VERIFY_PARAM_set_depth(parameters, CInt(clamping: intermediatesMax)) }
        if let time { unsafe X509_VERIFY_PARAM_set_time(parameters, time_t(time)) }
        if let securityLevel { unsafe X509_VERIFY_PARAM_set_auth_level(parameters, CInt(clamping: securityLevel)) }
    }

    /// `X509_VERIFY_PARAM_set_purpose`, and `…_set_trust`, which goes with it.
    private func setPurpose(on parameters: OpaquePointer) throws(CredentialFailure) {
        let (purpose, trust) =
            switch purpose {
            case .server: (X509_PURPOSE_SSL_SERVER, X509_TRUST_SSL_SERVER)
            case .client: (X509_PURPOSE_SSL_CLIENT, X509_TRUST_SSL_CLIENT)
            case .any: (X509_PURPOSE_ANY, X509_TRUST_COMPAT)
            }
        guard unsafe X509_VERIFY_PARAM_set_purpose(parameters, purpose) == 1,
            unsafe X509_VERIFY_PARAM_set_trust(parameters, trust) == 1
        else { throw CredentialFailure(.unusableParameter, "the purpose \(self.purpose) was refused") }
    }

    /// Sets the name alone (`X509_VERIFY_PARAM_set1_host`, `…_set1_ip`, `…_set_hostflags`).
    ///
    /// As RFC 9525 has it, a wildcard stands for one whole label, and the subject's common name is no host name.
    func applyName(to parameters: OpaquePointer) throws(CredentialFailure) {
        let flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
        unsafe X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(flags))
        if let hostName, unsafe X509_VERIFY_PARAM_set1_host(parameters, hostName, hostName.utf8.count) != 1 {
            throw CredentialFailure(.unusableParameter, "the host name \(hostName) was refused")
        }
        if let ipAddress, unsafe X509_VERIFY_PARAM_set1_ip(parameters, ipAddress, ipAddress.count) != 1 {
            throw CredentialFailure(.unusableParameter, "an IP address of \(ipAddress.count) bytes was refused")
        }
    }
}
