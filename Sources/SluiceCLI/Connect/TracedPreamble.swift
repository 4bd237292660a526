import SluicePOSIX
import SluicePreamble

/// A preamble whose steps `--trace` shows: how many bytes went which way, and none of them, since some are secret.
struct TracedPreamble<Base: Preamble>: Preamble {
    private var base: Base
    private let name: String
    private let isTraced: Bool

    init(_ base: Base, name: String, isTraced: Bool) {
        self.base = base
        self.name = name
        self.isTraced = isTraced
    }

    var isFinished: Bool { base.isFinished }

    mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int {
        let count = try base.feed(bytes)
        trace("<<", byteCount: count)
        return count
    }

    mutating func feedEOF() throws(PreambleError) {
        try base.feedEOF()
    }

    mutating func drain() -> [UInt8] {
        let bytes = base.drain()
        trace(">>", byteCount: bytes.count)
        return bytes
    }

    private func trace(_ arrow: String, byteCount: Int) {
        guard isTraced, byteCount > 0 else { return }
        Console(isQuiet: false).show("\(arrow) \(name), \(byteCount) bytes")
    }
}
