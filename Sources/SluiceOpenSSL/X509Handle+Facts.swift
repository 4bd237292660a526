internal import COpenSSL

extension X509Handle {
    /// The subject as one line of RFC 2253, UTF-8: `CN=server.test,O=Example` (`X509_get_subject_name`).
    package var subject: String { unsafe withPointer { unsafe line(of: X509_get_subject_name($0)) } }

    /// The issuer, likewise (`X509_get_issuer_name`).
    package var issuer: String { unsafe withPointer { unsafe line(of: X509_get_issuer_name($0)) } }

    /// The common name in the subject; nil if it has none, several, or one that isn't text (`ASN1_STRING_to_UTF8`).
    package var commonName: String? {
        defer { ERR_clear_error() }
        return unsafe withPointer { certificate in
            let subject = unsafe X509_get_subject_name(certificate)
            let index = unsafe X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
            guard index >= 0, unsafe X509_NAME_get_index_by_NID(subject, NID_commonName, index) < 0 else { return nil }
            return unsafe text(of: X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)))
        }
    }

    /// The serial number in lower-case hexadecimal, with a minus sign where it is negative (`X509_get0_serialNumber`).
    package var serialHex: String {
        unsafe withPointer { unsafe hexadecimal(X509_get0_serialNumber($0)) }
    }

    /// When it begins, in seconds since 1970; nil where the certificate holds no good time (`X509_get0_notBefore`).
    package var notBefore: Int64? { unsafe withPointer { unsafe secondsSince1970(X509_get0_notBefore($0)) } }

    /// The last second at which it is valid, likewise (`X509_get0_notAfter`).
    package var notAfter: Int64? { unsafe withPointer { unsafe secondsSince1970(X509_get0_notAfter($0)) } }

    /// Whether it may sign other certificates (`X509_check_ca`).
    package var isAuthority: Bool { unsafe withPointer { unsafe X509_check_ca($0) > 0 } }

    /// Subject and issuer are the same and it may have signed itself (`X509_get_extension_flags`).
    package var isSelfSigned: Bool {
        unsafe withPointer { unsafe X509_get_extension_flags($0) & UInt32(EXFLAG_SS) != 0 }
    }

    /// The SHA-256 of the DER (`X509_digest`).
    package var sha256: [UInt8] {
        unsafe withPointer { certificate in
            var count: UInt32 = 0
            return unsafe [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, initializedCount in
                let isOK = unsafe X509_digest(certificate, EVP_sha256(), buffer.baseAddress, &count) == 1
                initializedCount = isOK ? Int(count) : 0
            }
        }
    }

    /// The certificate as one PEM block (`PEM_write_bio_X509`).
    package func pem() throws(CredentialFailure) -> [UInt8] {
        ERR_clear_error()
        let output = try MemoryBIO()
        guard unsafe withPointer({ unsafe PEM_write_bio_X509(output.pointer, $0) == 1 }) else {
            throw CredentialFailure(.outOfMemory, "PEM_write_bio_X509 failed")
        }
        return output.contents()
    }

    /// What is known of the public key; nil where OpenSSL can't decode it (`X509_get0_pubkey`).
    package var publicKey: KeyFacts? {
        defer { ERR_clear_error() }
        return unsafe withPointer { certificate in
            guard let key = unsafe X509_get0_pubkey(certificate) else { return nil }
            return unsafe KeyFacts(of: key)
        }
    }
}

/// A name in one line, RFC 2253, with UTF-8 left as it is and control characters escaped (`X509_NAME_print_ex`).
func line(of name: OpaquePointer?) -> String {
    guard let name = unsafe name, let output = try? MemoryBIO() else { return "" }
    let flags = sluice_XN_FLAG_RFC2253() & ~UInt(ASN1_STRFLGS_ESC_MSB)
    guard unsafe X509_NAME_print_ex(output.pointer, name, 0, flags) >= 0 else { return "" }
    return String(decoding: output.contents(), as: UTF8.self)
}

/// A string of any ASN.1 type as text; nil if it is empty, malformed or has control characters, NUL among them.
private func text(of string: UnsafePointer<ASN1_STRING>?) -> String? {
    var start: UnsafeMutablePointer<UInt8>?
    let count = unsafe ASN1_STRING_to_UTF8(&start, string)
    defer { unsafe sluice_OPENSSL_free(start) }
    guard count > 0, let start = unsafe start else { return nil }
    let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(count))
    guard let text = unsafe String(validating: bytes, as: UTF8.self) else { return nil }
    return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? nil : text
}

/// A number in lower-case hexadecimal (`BN_bn2hex`); "" if it is malformed.
func hexadecimal(_ integer: UnsafePointer<ASN1_INTEGER>?) -> String {
    guard let number = unsafe ASN1_INTEGER_to_BN(integer, nil) else { return "" }
    defer { unsafe BN_free(number) }
    guard let text = unsafe BN_bn2hex(number) else { return "" }
    defer { unsafe sluice_OPENSSL_free(text) }
    return unsafe String(cString: text).lowercased()
}

/// Seconds since 1970 of a UTCTime or GeneralizedTime (`ASN1_TIME_diff`); nil if it is malformed.
func secondsSince1970(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
    defer { ERR_clear_error() }
    guard let time = unsafe time, let epoch = unsafe ASN1_TIME_set(nil, 0) else { return nil }
    defer { unsafe ASN1_STRING_free(epoch) }
    var days: CInt = 0
    var seconds: CInt = 0
    guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
    return Int64(days) * 86_400 + Int64(seconds)
}
