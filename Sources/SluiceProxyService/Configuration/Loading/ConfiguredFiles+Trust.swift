internal import Sluice
internal import SluicePOSIX

extension ConfiguredFiles {
    /// The roots in some files and directories; nil if something was noted as a problem.
    func roots(_ paths: [String], _ key: String) -> TrustRoots? {
        let found = paths.enumerated().map { index, path -> TrustRoots? in
            let key = "\(key)[\(index)]"
            let isDirectory = Files.isDirectory(path)
            watch(path)
            // OpenSSL doesn't say why it can't read a file.
            if !isDirectory, read(path, key) == nil { return nil }
            return parse(path, key) { () throws(TLSError) in
                // Read now, so that a handshake never depends on what becomes of the file.
                TrustRoots.contents(of: try (isDirectory ? TrustRoots.directory(path) : .file(path)).makeStore())
            }
        }
        let roots = found.compactMap { $0 }
        guard roots.count == paths.count, let first = roots.first else { return nil }
        return roots.dropFirst().reduce(first) { $0.adding($1) }
    }

    /// The revocation lists in some files; nil if something was noted as a problem.
    func revocationLists(_ paths: [String], _ key: String) -> [RevocationList]? {
        let found = paths.enumerated().map { index, path in
            read(path, "\(key)[\(index)]").flatMap { bytes in
                parse(path, "\(key)[\(index)]") { () throws(TLSError) in
                    bytes.isPEM ? try RevocationList.lists(pem: bytes) : [try RevocationList(der: bytes)]
                }
            }
        }
        for (index, list) in zip(found.indices, found).flatMap({ index, lists in (lists ?? []).map { (index, $0) } }) {
            guard let due = list.nextUpdate, due < now else { continue }
            let words = "the \(list) is outdated since \(due): every certificate of that issuer is refused"
            warn(.expiry, "\(key)[\(index)]", words)
        }
        let lists = found.compactMap { $0 }
        return lists.count == paths.count ? lists.flatMap { $0 } : nil
    }

    /// The ticket keys in some files; nil if something was noted as a problem.
    func ticketKeys(_ paths: [String], _ key: String) -> [SessionTicketKey]? {
        let keys = paths.enumerated().compactMap { index, path -> SessionTicketKey? in
            guard let bytes = readSecret(path, "\(key)[\(index)]") else { return nil }
            if let ticketKey = SessionTicketKey(bytes: bytes) { return ticketKey }
            let words = "\(path) has \(bytes.count) bytes and must have 80 or 48; make one with: openssl rand 80"
            refuse(.unusableFile, "\(key)[\(index)]", words)
            return nil
        }
        return keys.count == paths.count ? keys : nil
    }
}
