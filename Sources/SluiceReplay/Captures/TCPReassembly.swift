/// Puts the beginnings of TCP's byte streams together again, each direction of a connection for itself.
///
/// Segments may come in any order, more than once and overlapping. A stream ends at its first gap, or at
/// `CaptureLimits.streamBytesMax`. One whose SYN the capture missed begins at the lowest byte that was seen.
struct TCPReassembly {
    /// Directions that were seen when there were `CaptureLimits.streamsMax` already.
    private(set) var dropped = 0

    private var streams: [TCPStream] = []
    /// Where in `streams` the newest of each direction is.
    private var newest: [Direction: Int] = [:]

    private struct Direction: Hashable {
        let source: TCPEndpoint
        let destination: TCPEndpoint
    }

    /// Takes a segment.
    mutating func add(_ segment: TCPSegment, time: CaptureTime?) {
        let direction = Direction(source: segment.source, destination: segment.destination)
        if let index = newest[direction], streams[index].add(segment, time: time) { return }
        guard streams.count < CaptureLimits.streamsMax else {
            dropped += 1
            return
        }
        newest[direction] = streams.count
        streams.append(TCPStream(segment, time: time))
    }

    /// What was sent, in the order in which the streams were first seen; none that sent nothing.
    consuming func finish() -> [TCPByteStream] {
        streams.compactMap { $0.assembled() }
    }
}

/// The beginning of what one end of a connection sent.
struct TCPByteStream {
    let source: TCPEndpoint
    let destination: TCPEndpoint

    /// When the first byte was seen.
    let time: CaptureTime?

    let bytes: [UInt8]
}

/// The segments of one direction, until they are put together.
private struct TCPStream {
    private let source: TCPEndpoint
    private let destination: TCPEndpoint

    /// The number of the byte from which offsets count.
    private let origin: UInt32

    /// Where the stream begins, if its SYN was seen.
    private var start: Int?

    private var pieces: [Piece] = []

    private struct Piece {
        /// From `origin`.
        let offset: Int
        let bytes: ArraySlice<UInt8>
        let time: CaptureTime?

        var end: Int { offset + bytes.count }
    }

    /// A stream that begins with this segment, or near it.
    init(_ first: TCPSegment, time: CaptureTime?) {
        source = first.source
        destination = first.destination
        origin = first.payloadNumber
        start = first.isSynchronizing ? 0 : nil
        keep(first.payload, at: 0, time)
    }

    /// Takes a segment of the same direction. False if it opens a new connection between the same ends.
    mutating func add(_ segment: TCPSegment, time: CaptureTime?) -> Bool {
        // Numbers wrap at 2³²; what is nearer one way round is there (RFC 9293 §3.4).
        let offset = Int(Int32(bitPattern: segment.payloadNumber &- origin))
        if segment.isSynchronizing {
            guard offset == start ?? offset, -CaptureLimits.reorderingBytesMax...0 ~= offset else { return false }
            start = offset
        }
        keep(segment.payload, at: offset, time)
        return true
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>, at offset: Int, _ time: CaptureTime?) {
        let lowest = start ?? -CaptureLimits.reorderingBytesMax
        guard !bytes.isEmpty, pieces.count < CaptureLimits.segmentsMax, offset + bytes.count > lowest,
            offset - lowest < CaptureLimits.streamBytesMax
        else { return }
        pieces.append(Piece(offset: offset, bytes: bytes, time: time))
    }

    /// What was sent up to the first gap; nil if that is nothing. Where segments overlap and differ, the one wins
    /// that begins earlier, and of two that begin at the same byte the one that was seen first.
    func assembled() -> TCPByteStream? {
        let sorted = pieces.enumerated()
            .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
            .map(\.element)
        let lowest = start ?? .min
        guard let first = sorted.first(where: { $0.end > lowest }) else { return nil }
        let beginning = start ?? first.offset
        var bytes: [UInt8] = []
        for piece in sorted {
            let known = beginning + bytes.count - piece.offset
            guard known >= 0, bytes.count < CaptureLimits.streamBytesMax else { break }
            bytes += piece.bytes.dropFirst(known).prefix(CaptureLimits.streamBytesMax - bytes.count)
        }
        guard !bytes.isEmpty else { return nil }
        return TCPByteStream(source: source, destination: destination, time: first.time, bytes: bytes)
    }
}

extension TCPSegment {
    /// The number of the payload's first byte: a SYN takes one itself.
    fileprivate var payloadNumber: UInt32 { isSynchronizing ? sequenceNumber &+ 1 : sequenceNumber }
}
