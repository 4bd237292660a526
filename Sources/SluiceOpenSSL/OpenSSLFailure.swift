internal import COpenSSL

/// What OpenSSL left in this thread's error queue when a call failed.
///
/// Decisions branch on ``library`` and ``reason``, which OpenSSL keeps stable; ``words`` are for people and logs.
package struct OpenSSLFailure: Error, Hashable, Sendable {
    /// The library of the earliest entry (`ERR_LIB_SSL`, `ERR_LIB_PEM` …), or 0 where the queue was empty.
    package let library: CInt

    /// The reason of the earliest entry (`SSL_R_…`, `PEM_R_…`), or 0 where the queue was empty.
    package let reason: CInt

    /// Each entry of the queue in OpenSSL's own words, oldest first.
    package let words: [String]

    /// Takes everything in this thread's error queue and leaves it empty (`ERR_get_error_all`).
    package static func takingQueue() -> OpenSSLFailure {
        var first: UInt = 0
        var words: [String] = []
        while words.count < errorQueueEntriesMax {
            let code = ERR_get_error_all(nil, nil, nil, nil, nil)
            if code == 0 { break }
            if first == 0 { first = code }
            words.append(sentence(for: code))
        }
        return OpenSSLFailure(library: ERR_GET_LIB(first), reason: ERR_GET_REASON(first), words: words)
    }

    /// Whether the earliest entry is this reason of this library.
    package func matches(library: CInt, reason: CInt) -> Bool {
        self.library == library && self.reason == reason
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
