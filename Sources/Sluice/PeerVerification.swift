/// How the peer's certificate is judged. By default it must lead to a root of the system, be valid now, be meant for
/// the peer's role, and on a client be for the server's name.
public struct PeerVerification: Hashable, Sendable {
    /// Where a chain may end.
    public var roots = TrustRoots.system

    /// The most intermediates between the leaf and its root.
    public var intermediatesMax = 8

    /// Lists of revoked certificates. With any, the certificates in ``revocationScope`` must be found in none, and the
    /// list of each one's issuer must be there (X509_V_FLAG_CRL_CHECK).
    public var revocationLists: [RevocationList] = []

    /// Which certificates are looked up in ``revocationLists``.
    public var revocationScope = RevocationScope.leaf

    /// A part of a certificate chain.
    public enum RevocationScope: Hashable, Sendable {
        /// The peer's own certificate.
        case leaf
        /// Every certificate.
        case chain
    }

    /// How much is checked.
    package let extent: Extent

    /// Parts of the check.
    package enum Extent: String, Hashable, Sendable {
        case chainAndName, chain, none
    }

    /// The full check against the system's roots.
    public static let `default` = PeerVerification(extent: .chainAndName)

    /// The full check against these roots.
    public static func roots(_ roots: TrustRoots) -> PeerVerification {
        var verification = PeerVerification.default
        verification.roots = roots
        return verification
    }

    /// A client that checks the chain, and takes the certificate of any host under these roots.
    ///
    /// Whoever has any certificate of these roots can then sit in the middle.
    public static func dangerouslyIgnoringServerName(roots: TrustRoots) -> PeerVerification {
        var verification = PeerVerification(extent: .chain)
        verification.roots = roots
        return verification
    }

    /// A client that takes any certificate. Anybody can then sit in the middle.
    public static let dangerouslyNone = PeerVerification(extent: .none)

    package init(extent: Extent) {
        self.extent = extent
    }
}
