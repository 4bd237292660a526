internal import COpenSSL

extension X509Handle {
    /// The names in the extension subjectAltName, RFC 5280 §4.2.1.6, kind by kind, in their order.
    ///
    /// A name that isn't what its type promises is left out: an IA5String is ASCII, and no name of a peer has a NUL or
    /// another control character. `good.test\0.evil.test` is neither `good.test` nor anything else.
    package struct AlternativeNames: Hashable, Sendable {
        /// Host names, wildcards included.
        package var dnsNames: [String] = []
        /// IP addresses as 4 or 16 bytes; whatever else the certificate holds is left out.
        package var ipAddresses: [[UInt8]] = []
        /// E-mail addresses.
        package var emailAddresses: [String] = []
        /// URIs.
        package var uris: [String] = []
    }

    /// Reads the alternative names; none where the extension is missing or malformed (`X509_get_ext_d2i`).
    package var alternativeNames: AlternativeNames {
        defer { ERR_clear_error() }
        var result = AlternativeNames()
        let extensionValue = unsafe withPointer { unsafe X509_get_ext_d2i($0, NID_subject_alt_name, nil, nil) }
        guard let names = unsafe extensionValue.map({ OpaquePointer($0) }) else { return result }
        defer { unsafe GENERAL_NAMES_free(names) }
        for index in 0..<max(0, unsafe sluice_sk_GENERAL_NAME_num(names)) {
            unsafe result.append(sluice_sk_GENERAL_NAME_value(names, index))
        }
        return result
    }
}

extension X509Handle.AlternativeNames {
    /// Files one name under its kind (`GENERAL_NAME_get0_value`).
    fileprivate mutating func append(_ name: UnsafeMutablePointer<GENERAL_NAME>?) {
        var kind: CInt = -1
        guard let name = unsafe name, let value = unsafe GENERAL_NAME_get0_value(name, &kind) else { return }
        switch kind {
        case GEN_DNS: dnsNames += unsafe text(of: value)
        case GEN_EMAIL: emailAddresses += unsafe text(of: value)
        case GEN_URI: uris += unsafe text(of: value)
        case GEN_IPADD:
            let address = unsafe octets(of: value)
            if address.count == 4 || address.count == 16 { ipAddresses.append(address) }
        default: break  // directory names, registered identifiers and the rest name no TLS peer
        }
    }

    /// An IA5String, or nothing if it is empty or isn't printable ASCII.
    private func text(of string: UnsafeRawPointer) -> [String] {
        let octets = unsafe octets(of: string)
        guard !octets.isEmpty, octets.allSatisfy({ (0x20...0x7E).contains($0) }) else { return [] }
        return [String(decoding: octets, as: UTF8.self)]
    }

    private func octets(of string: UnsafeRawPointer) -> [UInt8] {
        unsafe bytes(of: string.assumingMemoryBound(to: ASN1_STRING.self))
    }
}

/// The bytes of an `ASN1_STRING`, copied (`ASN1_STRING_get0_data`).
func bytes(of string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
    guard let string = unsafe string, let start = unsafe ASN1_STRING_get0_data(string) else { return [] }
    return unsafe [UInt8](UnsafeBufferPointer(start: start, count: max(0, Int(ASN1_STRING_length(string)))))
}
