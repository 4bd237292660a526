extension AsyncTLSStream {
    /// What the peer sends, in pieces as they come, until it closes.
    ///
    /// Each iterator reads for itself, so one at a time. To stop early loses nothing: ``read(atMost:)`` goes on behind the
    /// last piece.
    public var plaintext: some AsyncSequence<[UInt8], any Error> & Sendable { Plaintext(stream: self) }
}

private struct Plaintext: AsyncSequence, Sendable {
    let stream: AsyncTLSStream

    func makeAsyncIterator() -> Iterator {
        Iterator(stream: stream)
    }

    struct Iterator: AsyncIteratorProtocol {
        let stream: AsyncTLSStream

        mutating func next() async throws -> [UInt8]? {
            let bytes = try await stream.read()
            return bytes.isEmpty ? nil : bytes
        }
    }
}
