package import SluiceOpenSSL

/// The certificates that a peer's chain may end in.
///
/// Files are read once, when a context is made of the roots; no handshake ever opens one.
public struct TrustRoots: Hashable, Sendable {
    private enum Source: Hashable, Sendable {
        case system
        case certificates([Certificate])
        case file(String)
        case directory(String)
        case revocationLists([RevocationList])
    }

    private var sources: [Source]

    /// What the system trusts: OpenSSL's default file and directory, or `SSL_CERT_FILE` and `SSL_CERT_DIR`.
    public static let system = TrustRoots(sources: [.system])

    /// These and no others; with an empty array, nobody.
    public static func certificates(_ certificates: [Certificate]) -> TrustRoots {
        TrustRoots(sources: [.certificates(certificates)])
    }

    /// Every certificate in PEM text.
    ///
    /// - Throws: ``TLSError/Code/invalidCertificate`` with the number of the bad block, or because there is none.
    public static func pem(_ pem: [UInt8]) throws(TLSError) -> TrustRoots {
        try .certificates(Certificate.certificates(pem: pem))
    }

    /// A PEM file of certificates (and perhaps revocation lists), or a DER file of one certificate.
    public static func file(_ path: String) -> TrustRoots {
        TrustRoots(sources: [.file(path)])
    }

    /// Every PEM and DER file of a directory, or if `openssl rehash` made links in it, what they lead to.
    public static func directory(_ path: String) -> TrustRoots {
        TrustRoots(sources: [.directory(path)])
    }

    /// These roots and `others`.
    public func adding(_ others: TrustRoots) -> TrustRoots {
        TrustRoots(sources: sources + others.sources)
    }

    /// Exactly what a store holds, with the revocation lists that its files brought along.
    package static func contents(of store: TrustStoreHandle) -> TrustRoots {
        .certificates(
            store.certificates.map { Certificate($0) },
            revocationLists: store.revocationLists.map { RevocationList($0) }
        )
    }

    /// These certificates and revocation lists.
    package static func certificates(_ certificates: [Certificate], revocationLists: [RevocationList]) -> TrustRoots {
        let lists = revocationLists.isEmpty ? [] : [Source.revocationLists(revocationLists)]
        return TrustRoots(sources: [.certificates(certificates)] + lists)
    }

    /// The certificates and revocation lists that were given as such; nil if files must be read to know them.
    package var givenContents: (certificates: [Certificate], revocationLists: [RevocationList])? {
        var contents: (certificates: [Certificate], revocationLists: [RevocationList]) = ([], [])
        for source in sources {
            switch source {
            case .certificates(let certificates): contents.certificates += certificates
            case .revocationLists(let lists): contents.revocationLists += lists
            case .system, .file, .directory: return nil
            }
        }
        return contents
    }

    /// Reads all of it into a store that a context can use.
    ///
    /// - Throws: ``TLSError/Code/invalidConfiguration`` with the path that can't be read.
    package func makeStore(revocationLists: [RevocationList] = []) throws(TLSError) -> TrustStoreHandle {
        var lists = revocationLists
        let sources = sources.compactMap { source -> TrustStoreHandle.Source? in
            switch source {
            case .revocationLists(let own):
                lists += own
                return nil
            case .system: return .system
            case .certificates(let certificates): return .certificates(certificates.map(\.handle))
            case .file(let path): return .file(path)
            case .directory(let path): return .directory(path)
            }
        }
        return try TLSError.mapping { () throws(CredentialFailure) in
            try TrustStoreHandle(sources, revocationLists: lists.map(\.handle))
        }
    }
}
