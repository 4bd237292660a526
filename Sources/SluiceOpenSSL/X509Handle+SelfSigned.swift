internal import COpenSSL

extension X509Handle {
    /// Makes a certificate for servers and clients that is its own issuer and no authority (`X509_new`, `X509_sign`).
    package static func selfSigned(
        _ contents: SelfSignedContents,
        with key: PrivateKeyHandle
    ) throws(CredentialFailure) -> X509Handle {
        ERR_clear_error()
        guard let certificate = unsafe X509_new() else { throw CredentialFailure(.outOfMemory, "X509_new failed") }
        defer { unsafe X509_free(certificate) }
        let isMade = unsafe key.withPointer { key in
            unsafe setSerial(of: certificate)
                && setSubject(of: certificate, to: contents.commonName)
                && setValidity(of: certificate, contents)
                && X509_set_pubkey(certificate, key) == 1
                && addUsage(to: certificate)
                && addNames(contents, to: certificate)
                && sign(certificate, with: key)
        }
        guard isMade else {
            throw CredentialFailure(.malformedCertificate, "can't certify \(contents)")
        }
        // Decoded from its own encoding, it is what a peer would see, and its caches are those of a parsed certificate.
        return try unsafe X509Handle(sharing: certificate).der.withRawSpan { der throws(CredentialFailure) in
            try X509Handle(der: der)
        }
    }

    /// Version 3, and a random serial number of 127 bits, RFC 5280 §4.1.2.2 (`BN_rand`, `X509_set_version`).
    private static func setSerial(of certificate: OpaquePointer) -> Bool {
        guard let number = unsafe BN_new() else { return false }
        defer { unsafe BN_free(number) }
        return unsafe X509_set_version(certificate, CLong(X509_VERSION_3)) == 1
            && BN_rand(number, serialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
            && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
    }

    /// The subject is also the issuer (`X509_NAME_add_entry_by_NID`, `X509_set_issuer_name`).
    private static func setSubject(of certificate: OpaquePointer, to commonName: String) -> Bool {
        guard let name = unsafe X509_get_subject_name(certificate) else { return false }
        let bytes = Array(commonName.utf8.prefix(commonNameBytesMax))
        return unsafe X509_NAME_add_entry_by_NID(
            name,
            NID_commonName,
            MBSTRING_UTF8,
            bytes,
            CInt(bytes.count),
            -1,
            0
        ) == 1
            && X509_set_issuer_name(certificate, name) == 1
    }

    /// `ASN1_TIME_set`, which writes years from 2050 on as GeneralizedTime.
    private static func setValidity(of certificate: OpaquePointer, _ contents: SelfSignedContents) -> Bool {
        unsafe ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(contents.notBefore)) != nil
            && ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(contents.notAfter)) != nil
    }

    /// No authority; signs in handshakes, of servers and of clients (`X509V3_EXT_conf_nid`).
    private static func addUsage(to certificate: OpaquePointer) -> Bool {
        let extensions = [
            (NID_basic_constraints, "critical,CA:FALSE"),
            (NID_key_usage, "critical,digitalSignature"),
            (NID_ext_key_usage, "serverAuth,clientAuth"),
        ]
        return extensions.allSatisfy { kind, text in
            guard let value = unsafe X509V3_EXT_conf_nid(nil, nil, kind, text) else { return false }
            defer { unsafe X509_EXTENSION_free(value) }
            return unsafe X509_add_ext(certificate, value, -1) == 1
        }
    }

    /// The signature, with SHA-256 where the key leaves a choice (`X509_sign`).
    private static func sign(_ certificate: OpaquePointer, with key: OpaquePointer) -> Bool {
        let hasOwnDigest = unsafe [KeyFacts.Algorithm.ed25519, .ed448].contains(KeyFacts(of: key).algorithm)
        return unsafe X509_sign(certificate, key, hasOwnDigest ? nil : EVP_sha256()) > 0
    }
}

extension X509Handle {
    /// The extension subjectAltName (`X509_add1_ext_i2d`), without going through OpenSSL's configuration syntax.
    private static func addNames(_ contents: SelfSignedContents, to certificate: OpaquePointer) -> Bool {
        guard let names = unsafe sluice_sk_GENERAL_NAME_new_null() else { return false }
        defer { unsafe GENERAL_NAMES_free(names) }
        let isComplete =
            contents.dnsNames.allSatisfy { unsafe add(Array($0.utf8), as: GEN_DNS, to: names) }
            && contents.ipAddresses.allSatisfy { unsafe add($0, as: GEN_IPADD, to: names) }
        let value = unsafe UnsafeMutableRawPointer(names)
        return unsafe isComplete && X509_add1_ext_i2d(certificate, NID_subject_alt_name, value, 0, 0) == 1
    }

    /// Adds one name, which the stack then owns (`GENERAL_NAME_set0_value`).
    private static func add(_ bytes: [UInt8], as kind: CInt, to names: OpaquePointer) -> Bool {
        let type = kind == GEN_IPADD ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING
        guard let string = unsafe ASN1_STRING_type_new(type) else { return false }
        guard unsafe ASN1_STRING_set(string, bytes, CInt(bytes.count)) == 1, let name = unsafe GENERAL_NAME_new() else {
            unsafe ASN1_STRING_free(string)
            return false
        }
        unsafe GENERAL_NAME_set0_value(name, kind, string)
        if unsafe sluice_sk_GENERAL_NAME_push(names, name) > 0 { return true }
        unsafe GENERAL_NAME_free(name)
        return false
    }
}

/// RFC 5280 allows 20 bytes; 127 bits are positive in 16.
private let serialBits: CInt = 127

/// The upper bound of a common name, `ub-common-name` in RFC 5280, appendix A.
private let commonNameBytesMax = 64
