internal import COpenSSL

/// The release of OpenSSL in use, with its date: `OpenSSL 3.0.19 27 Jan 2026` (`OpenSSL_version`).
package var libraryVersion: String {
    unsafe OpenSSL_version(OPENSSL_VERSION).map { unsafe String(cString: $0) } ?? ""
}
