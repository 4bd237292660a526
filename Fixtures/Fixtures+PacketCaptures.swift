import Foundation

extension Fixtures {
    /// A packet capture of `Fixtures/PacketCaptures`, which `Scripts/make-packet-captures` makes.
    public struct PacketCapture: Hashable, Sendable, CustomStringConvertible {
        /// The name of its file: `tls13.pcap`.
        public let name: String

        /// Where the file is.
        public var path: String { Bundle.module.bundlePath + "/PacketCaptures/" + name }

        /// The whole of the file.
        public var bytes: [UInt8] {
            guard let data = FileManager.default.contents(atPath: path) else {
                preconditionFailure("no packet capture \(name): see Fixtures/README.md")
            }
            return Array(data)
        }

        /// The name of its file.
        public var description: String { name }

        /// TLS 1.3 over IPv4 and Ethernet, microseconds.
        public static let tls13 = PacketCapture(name: "tls13.pcap")
        /// TLS 1.2 over IPv6 and Ethernet, nanoseconds.
        public static let tls12 = PacketCapture(name: "tls12-ipv6.pcap")
        /// As Linux records from the interface `any`.
        public static let cooked = PacketCapture(name: "any-cooked.pcap")
        /// As Linux records from the interface `any`, version 2.
        public static let cooked2 = PacketCapture(name: "any-cooked2.pcap")
        /// A client that a HelloRetryRequest asks for another key share.
        public static let retry = PacketCapture(name: "retry.pcapng")
        /// Two connections at once; the ClientHello to `one.test` is in several records.
        public static let records = PacketCapture(name: "records.pcapng")
        /// A ClientHello of 8 KiB in several segments.
        public static let segments = PacketCapture(name: "segments.pcapng")
    }

    /// All packet captures.
    public static let packetCaptures: [PacketCapture] = [
        .tls13, .tls12, .cooked, .cooked2, .retry, .records, .segments,
    ]
}
