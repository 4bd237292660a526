/// Takes a PROXY header off the front of a connection, of either version, and no byte behind it.
///
/// Feed it until ``isFinished``; then ``header`` is there, and the bytes not taken are the client's. A connection that
/// doesn't begin with a header is an error, as the specification demands: a server that takes both could be lied to.
public struct ProxyHeaderParser: Preamble {
    private var run: DialogueRun<ProxyHeaderDialogue>

    /// A parser that takes headers of these versions.
    public init(accepting versions: Set<ProxyHeader.Version> = [.v1, .v2]) {
        run = DialogueRun(ProxyHeaderDialogue(versions: versions))
    }

    /// The header, once all of it was taken.
    public var header: ProxyHeader? { run.isFinished ? run.dialogue.header : nil }

    /// Which form it had.
    public var version: ProxyHeader.Version? { run.isFinished ? run.dialogue.version : nil }

    /// Whether the whole header was taken.
    public var isFinished: Bool { run.isFinished }

    /// Takes bytes that arrived from the proxy, cut anywhere, and none behind the header.
    ///
    /// - Returns: Bytes taken. Fewer than offered means that the rest is the client's.
    /// - Throws: ``PreambleError`` when this is no header; every later call throws the same value.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int {
        try run.feed(bytes)
    }

    /// Takes the news that the proxy will send nothing more. Without effect behind the header.
    ///
    /// - Throws: ``PreambleError/Code/truncated``.
    public mutating func feedEOF() throws(PreambleError) {
        try run.feedEOF()
    }

    /// Empty: the receiver of a header says nothing.
    public mutating func drain() -> [UInt8] { run.drain() }
}

private struct ProxyHeaderDialogue: Dialogue {
    let versions: Set<ProxyHeader.Version>
    private(set) var header: ProxyHeader?
    private(set) var version: ProxyHeader.Version?
    private var bytes: [UInt8] = []

    init(versions: Set<ProxyHeader.Version>) {
        self.versions = versions
    }

    let awaited = "the end of the PROXY header"

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        bytes.append(byte)
        switch version {
        case nil: try recognise()
        case .v1: header = try headerV1(endedBy: byte)
        case .v2: header = try headerV2()
        }
        return header == nil ? .wait : .finish([])
    }

    private mutating func recognise() throws(PreambleError) {
        if versions.contains(.v2), ProxyHeader.signature.starts(with: bytes) {
            if bytes.count == ProxyHeader.signature.count { version = .v2 }
        } else if versions.contains(.v1), ProxyHeader.prefixV1.starts(with: bytes) {
            if bytes.count == ProxyHeader.prefixV1.count { version = .v1 }
        } else {
            throw PreambleError(.malformed, "the connection doesn't begin with a PROXY header of an accepted version")
        }
    }

    private func headerV1(endedBy byte: UInt8) throws(PreambleError) -> ProxyHeader? {
        guard byte == 0x0a else {
            guard bytes.count < PreambleLimits.proxyHeaderV1BytesMax else {
                throw PreambleError(.tooLong, "the PROXY header doesn't end within 107 bytes")
            }
            return nil
        }
        guard let header = ProxyHeader(lineV1: bytes) else {
            throw PreambleError(.malformed, "this is no PROXY header: \(quoted(bytes))")
        }
        return header
    }

    private func headerV2() throws(PreambleError) -> ProxyHeader? {
        guard bytes.count >= ProxyHeader.headBytesV2 else { return nil }
        let length = Int(bytes[14]) << 8 | Int(bytes[15])
        guard length <= PreambleLimits.proxyHeaderV2BlockBytesMax else {
            throw PreambleError(.tooLong, "the PROXY header would have \(16 + length) bytes")
        }
        guard bytes.count == ProxyHeader.headBytesV2 + length else { return nil }
        return try ProxyHeader(bytesV2: bytes)
    }
}
