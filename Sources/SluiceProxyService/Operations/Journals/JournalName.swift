package import Sluice

/// The name of a journal's file: when it was, and who it was with.
package struct JournalName: Hashable, Sendable, CustomStringConvertible {
    /// `20260131T235959Z-web-192.0.2.1-443-client`, without what a peer could make a path of.
    package let description: String

    /// A name.
    ///
    /// - Parameters:
    ///   - time: When the connection began; names sort by it.
    ///   - route: Of the configuration.
    ///   - peer: The address at the other end.
    ///   - side: Which of the two connections, or what else tells them apart.
    package init(time: UnixTime, route: String, peer: String, side: String) {
        let seconds = min(max(time, 0), .endOf9999)
        let stamp = seconds.description.filter { $0 != "-" && $0 != ":" }
        description = ([stamp] + [route, peer, side].map(Self.clean)).joined(separator: "-")
    }

    /// Whether a file is one of those that are made here.
    static func isName(_ name: String) -> Bool {
        name.hasSuffix(suffix) && name.prefixMatch(of: /\d{8}T\d{6}Z-/) != nil
    }

    /// What the name of each file ends in.
    static let suffix = ".journal"

    private static func clean(_ text: String) -> String {
        String(
            text.prefix(OperationsLimits.journalNamePartMax).map {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") ? $0 : "-"
            }
        )
    }
}
