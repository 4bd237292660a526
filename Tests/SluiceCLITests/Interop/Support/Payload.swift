import SluiceOpenSSL
import Testing

/// What is sent in the tests.
enum Payload {
    /// Nothing, one byte, around the largest record, and many records.
    static let sizes = [0, 1, 16_383, 16_384, 16_385, 5_000_000]

    /// What the peer programs send: byte *i* is *i* mod 251, so that no two records are alike.
    static func pattern(_ count: Int) -> [UInt8] {
        Array(longPattern.prefix(count))
    }

    private static let longPattern = (0..<5_000_000).map { UInt8($0 % 251) }

    /// One line of text, for tools that know lines only: `s_server`, `s_client` and `gnutls-serv`.
    ///
    /// It has digits alone, none of which is a command to `s_server` wherever a piece may begin.
    static func line(_ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return longLine.prefix(count - 1) + [UInt8(ascii: "\n")]
    }

    private static let longLine = (1_000_000..<1_715_000).flatMap { Array(String($0).utf8) }

    /// SHA-256 in hexadecimal.
    static func digest(_ bytes: [UInt8]) -> String {
        sha256(of: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Lines of a thousand digits each, for tools that keep a whole line until they have it.
    static func text(_ count: Int) -> [UInt8] {
        let digits = line(count)
        return digits.enumerated().map { index, digit in index % 1_001 == 1_000 ? UInt8(ascii: "\n") : digit }
    }
}

/// Expects the same bytes; says where they differ, and not what megabytes of them are.
func expectSame(
    _ bytes: some Collection<UInt8>,
    _ expected: [UInt8],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard !bytes.elementsEqual(expected) else { return }
    let count = zip(bytes, expected).prefix { $0 == $1 }.count
    Issue.record(
        "\(bytes.count) bytes instead of \(expected.count), the same for \(count)",
        sourceLocation: sourceLocation
    )
}
