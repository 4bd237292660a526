/// What goes into a certificate that signs itself.
package struct SelfSignedContents: Hashable, Sendable {
    /// Host names, A-labels.
    package var dnsNames: [String]
    /// IP addresses, 4 or 16 bytes each.
    package var ipAddresses: [[UInt8]]
    /// The common name, which nothing is checked against.
    package var commonName: String
    /// When it begins, in seconds since 1970.
    package var notBefore: Int64
    /// Its last second, likewise.
    package var notAfter: Int64

    /// Contents with these parts.
    package init(
        dnsNames: [String],
        ipAddresses: [[UInt8]],
        commonName: String,
        notBefore: Int64,
        notAfter: Int64
    ) {
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
        self.commonName = commonName
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
