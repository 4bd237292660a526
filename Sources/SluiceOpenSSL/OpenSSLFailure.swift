internal import COpenSSL

/// What OpenSSL left in this thread's error queue when a call failed.
///
/// Decisions branch on ``library`` and ``reason``, which OpenSSL keeps stable; ``words`` are for people and logs.
package struct OpenSSLFailure: Error, Hashable, Sendable {
    /// The packed code of the entry that decides, or 0 where the queue was empty.
    private let deciding: UInt

    /// Each entry's packed code, oldest first.
    private let codes: [UInt]

    /// Each entry of the queue in OpenSSL's own words, oldest first.
    package let words: [String]

    /// One of the queue's entries.
    package enum Entry {
        /// The cause of those after it.
        case earliest
        /// What the last call came to, with what a provider says right before it. Others left what is older.
        case newest
    }

    /// Takes everything in this thread's error queue and leaves it empty (`ERR_get_error_all`).
    ///
    /// - Parameter entry: Which entry decides: the earliest, unless the queue wasn't cleared before the call that failed.
    /// - Returns: What was in the queue.
    package static func takingQueue(decidedBy entry: Entry = .earliest) -> OpenSSLFailure {
        var codes: [UInt] = []
        while codes.count < errorQueueEntriesMax {
            let code = ERR_get_error_all(nil, nil, nil, nil, nil)
            if code == 0 { break }
            codes.append(code)
        }
        var deciding = codes.first
        if entry == .newest {
            deciding = codes.last
            let hasCause = codes.count > 1 && ERR_GET_LIB(codes[codes.count - 2]) == ERR_LIB_PROV
            codes = Array(codes.suffix(hasCause ? 2 : 1))
        }
        return OpenSSLFailure(deciding: deciding ?? 0, codes: codes, words: codes.map(sentence))
    }

    /// The library of the entry that decides (`ERR_LIB_SSL`, `ERR_LIB_PEM` …), or 0 where the queue was empty.
    package var library: CInt { ERR_GET_LIB(deciding) }

    /// The reason of the entry that decides (`SSL_R_…`, `PEM_R_…`), or 0 where the queue was empty.
    package var reason: CInt { ERR_GET_REASON(deciding) }

    /// Whether the entry that decides is this reason of this library.
    package func matches(library: CInt, reason: CInt) -> Bool {
        self.library == library && self.reason == reason
    }

    /// Whether any entry is this reason of this library.
    func contains(library: CInt, reason: CInt) -> Bool {
        codes.contains { ERR_GET_LIB($0) == library && ERR_GET_REASON($0) == reason }
    }

    /// OpenSSL's words for one packed error code (`ERR_error_string_n`).
    private static func sentence(for code: UInt) -> String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: errorStringBytesMax) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            unsafe ERR_error_string_n(code, start, buffer.count)
            return unsafe String(cString: start)
        }
    }
}

/// OpenSSL keeps a ring of 16 errors per thread (`ERR_NUM_ERRORS`); reading twice that ends any loop over it.
private let errorQueueEntriesMax = 32

/// ERR_error_string_n(3) asks for at least 256 bytes.
private let errorStringBytesMax = 256
