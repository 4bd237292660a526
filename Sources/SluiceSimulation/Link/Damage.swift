/// The faults of one direction: where each will happen, and which have happened.
///
/// All offsets are drawn in one order whatever their probabilities are, so that turning one fault off moves no other.
struct Damage: Sendable {
    /// The offset, among all bytes sent in the direction, at which a fault is due.
    private var offsets: [Fault: Int] = [:]

    /// Which bit flips, and how long stretches are.
    private let bit: UInt8
    private let stretchByteCount: Int

    /// The faults that have happened.
    private(set) var fired: Set<Fault> = []

    /// Bytes that were sent so far.
    private var sentCount = 0

    /// Whether truncation has happened: nothing arrives any more.
    var isTruncated: Bool { fired.contains(.truncation) }

    init(_ conditions: LinkConditions, using generator: inout SplitMix64) {
        for fault in Fault.allCases {
            let offset = generator.number(in: 0...((1 << generator.number(in: 0...offsetBitsMax)) - 1))
            if generator.chance(conditions[fault]) { offsets[fault] = offset }
        }
        bit = 1 << UInt8(generator.number(in: 0...7))
        stretchByteCount = generator.number(in: 1...stretchBytesMax)
    }

    /// What arrives of the next bytes that are sent.
    mutating func apply(to bytes: [UInt8]) -> [UInt8] {
        var arriving = bytes
        let first = sentCount
        sentCount += bytes.count
        for fault in Fault.allCases where fault != .earlyClose {
            guard let offset = offsets[fault], offset < sentCount, !fired.contains(fault) else { continue }
            // Another fault may have removed the byte.
            let index = min(max(0, offset - first), arriving.count)
            let before = arriving
            strike(fault, &arriving, at: index)
            // What finds nothing to do, as two equal stretches to swap, stays due.
            if arriving != before || fault == .truncation { fired.insert(fault) }
        }
        return arriving
    }

    /// Whether the sender's owner closes now. True once.
    mutating func takeEarlyClose() -> Bool {
        guard let offset = offsets[.earlyClose], offset <= sentCount else { return false }
        offsets[.earlyClose] = nil
        fired.insert(.earlyClose)
        return true
    }

    private func strike(_ fault: Fault, _ bytes: inout [UInt8], at index: Int) {
        let stretchEnd = min(bytes.count, index + stretchByteCount)
        switch fault {
        case .bitFlip: if index < bytes.count { bytes[index] ^= bit }
        case .truncation: bytes.removeSubrange(index...)
        case .loss: bytes.removeSubrange(index..<stretchEnd)
        case .duplication: bytes.insert(contentsOf: bytes[index..<stretchEnd], at: stretchEnd)
        case .reordering:
            let middle = min(stretchEnd, index + (bytes.count - index) / 2)
            let end = middle + (middle - index)
            bytes.replaceSubrange(index..<end, with: bytes[middle..<end] + bytes[index..<middle])
        case .earlyClose: break
        }
    }
}

/// Offsets are under 2¹⁶: what a connection of a simulation usually carries.
private let offsetBitsMax = 16

/// The longest stretch that is lost, doubled or moved: a TCP segment on Ethernet.
private let stretchBytesMax = 1460
