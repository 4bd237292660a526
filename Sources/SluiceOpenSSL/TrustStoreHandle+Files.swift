internal import COpenSSL

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension TrustStoreHandle {
    /// Reads the file and the directories where OpenSSL looks by default, or `SSL_CERT_FILE` and `SSL_CERT_DIR`.
    ///
    /// - Throws: `unreadableFile` where neither has any certificate: a system without `ca-certificates`.
    func loadSystem() throws(CredentialFailure) {
        let file = unsafe systemPath(X509_get_default_cert_file_env(), otherwise: X509_get_default_cert_file())
        let directories = unsafe systemPath(X509_get_default_cert_dir_env(), otherwise: X509_get_default_cert_dir())
        var isAnythingLoaded = loadAnyForm(file)
        for directory in directories.split(separator: ":") {
            if let count = loadEntries(of: String(directory)), count > 0 { isAnythingLoaded = true }
        }
        if !isAnythingLoaded {
            throw CredentialFailure(.unreadableFile, "no system roots in \(file) or \(directories)")
        }
        ERR_clear_error()
    }

    /// Reads a PEM file of certificates and revocation lists, or a DER file of one certificate.
    func load(file path: String) throws(CredentialFailure) {
        guard loadAnyForm(path) else {
            throw CredentialFailure(.unreadableFile, "no certificates can be read from the file \(path)")
        }
        ERR_clear_error()
    }

    /// Reads every file of a directory, or only the hashed names (`5ed36f99.0`) where `openssl rehash` made some.
    func load(directory path: String) throws(CredentialFailure) {
        guard let count = loadEntries(of: path) else {
            throw CredentialFailure(.unreadableFile, "the directory \(path) can't be read")
        }
        if count == 0 { throw CredentialFailure(.unreadableFile, "no certificates in the directory \(path)") }
        ERR_clear_error()
    }

    /// How many files of a directory held certificates; nil if the directory can't be read.
    private func loadEntries(of directory: String) -> Int? {
        guard let names = entries(of: directory) else { return nil }
        let hashed = names.filter(isHashedName)
        return (hashed.isEmpty ? names : hashed).count { loadAnyForm("\(directory)/\($0)") }
    }

    /// Whether there was anything in the file (`X509_load_cert_crl_file`, and for DER `X509_load_cert_file`).
    private func loadAnyForm(_ path: String) -> Bool {
        unsafe withPointer { store in
            guard let lookup = unsafe X509_STORE_add_lookup(store, X509_LOOKUP_file()) else { return false }
            return unsafe X509_load_cert_crl_file(lookup, path, X509_FILETYPE_PEM) > 0
                || X509_load_cert_file(lookup, path, X509_FILETYPE_ASN1) > 0
        }
    }
}

/// The value of an environment variable that OpenSSL honours (`getenv`), or OpenSSL's default.
private func systemPath(_ variable: UnsafePointer<CChar>, otherwise path: UnsafePointer<CChar>) -> String {
    unsafe String(cString: getenv(variable) ?? UnsafeMutablePointer(mutating: path))
}

/// The names in a directory, sorted so that every run reads them in one order (`opendir`, `readdir`).
private func entries(of directory: String) -> [String]? {
    guard let stream = unsafe opendir(directory) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while names.count < directoryEntriesMax, let entry = unsafe readdir(stream) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
}

/// Whether `openssl rehash` made this name: eight hexadecimal digits, a dot, `r` for a revocation list, a number.
private func isHashedName(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 8, parts[0].allSatisfy(\.isHexDigit) else { return false }
    let number = parts[1].hasPrefix("r") ? parts[1].dropFirst() : parts[1]
    return !number.isEmpty && number.allSatisfy(\.isWholeNumber)
}

/// Ends the reading of a directory that was never meant to hold roots; Debian's has about 280 entries.
private let directoryEntriesMax = 10_000
