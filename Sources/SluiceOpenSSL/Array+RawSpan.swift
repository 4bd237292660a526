// The only places where an array's storage meets a raw span. `Span.bytes` is itself unsafe in Swift 6.3, and an
// `OutputRawSpan` over an array's storage can't be made without `unsafe`; nor does it take many bytes at once (Swift 6.3).
// With these, no other module needs it.

extension Array where Element == UInt8 {
    /// Lends the array's bytes as a raw span for the length of a call, without copying them.
    package func withRawSpan<R, E>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(unsafe span.bytes)
    }

    /// An array of at most `capacity` bytes, filled by `fill`.
    ///
    /// - Complexity: One allocation of `capacity` bytes.
    package init<E>(bytesMax capacity: Int, filledBy fill: (inout OutputRawSpan) throws(E) -> Void) throws(E) {
        var failure: E?
        self = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initializedCount in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            var output = unsafe OutputRawSpan(buffer: raw, initializedCount: 0)
            do throws(E) { try fill(&output) } catch { failure = error }
            initializedCount = unsafe output.finalize(for: raw)
        }
        if let failure { throw failure }
    }

    /// A copy of the bytes of a span.
    package init(copying bytes: RawSpan) {
        self = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}

extension OutputRawSpan {
    /// Appends bytes as far as there is room.
    ///
    /// - Returns: How many.
    package mutating func append(copying bytes: RawSpan) -> Int {
        let count = min(freeCapacity, bytes.byteCount)
        unsafe withUnsafeMutableBytes { buffer, initializedCount in
            unsafe bytes.extracting(first: count).withUnsafeBytes { source in
                unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[initializedCount...]).copyMemory(from: source)
            }
            initializedCount += count
        }
        return count
    }
}
