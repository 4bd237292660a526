import SluicePreamble

/// What came of a preamble that was fed some bytes.
struct Outcome: Hashable, CustomStringConvertible {
    var sent: [UInt8] = []
    var taken = 0
    var isFinished = false
    var error: PreambleError?

    /// Feeds it all that the peer says, in pieces, and stops where it takes fewer bytes or throws.
    init(of preamble: some Preamble, fed bytes: [UInt8], cut: Cut = .whole, then end: End = .open) {
        var preamble = preamble
        sent = preamble.drain()
        do throws(PreambleError) {
            for piece in cut.pieces(of: bytes) {
                let count = try preamble.feed(piece)
                taken += count
                sent += preamble.drain()
                if count < piece.count { break }
            }
            if end == .eof { try preamble.feedEOF() }
        } catch {
            self.error = error
        }
        sent += preamble.drain()
        isFinished = preamble.isFinished
    }

    /// What comes behind the bytes.
    enum End {
        case open, eof
    }

    var description: String {
        "taken \(taken), finished \(isFinished), sent \(text(sent)), \(error.map { "\($0)" } ?? "no error")"
    }
}

/// The UTF-8 bytes of a text in which every line ends in CRLF.
func lines(_ text: String) -> [UInt8] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { Array($0.utf8) + [13, 10] }
}

/// The bytes that pairs of hexadecimal digits stand for.
func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex).compactMap(\.hexDigitValue).map { UInt8($0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self)
}

let mailHost = PreambleHost("mail.example.com") ?? .localhost

func startTLS(_ application: StartTLS.Application) -> StartTLS {
    StartTLS(application, to: mailHost, as: .localhost)
}
