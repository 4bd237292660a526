/// Finds the requests in a stream of bytes, cut anywhere. Bodies are skipped.
///
/// It holds one head of at most ``headBytesMax``, and what was appended with its last byte.
struct HTTPRequestParser {
    /// What comes next.
    enum Next: Hashable {
        /// More bytes are needed.
        case incomplete
        /// A request.
        case request(HTTPRequest)
        /// No request; the connection can't go on.
        case failure(HTTPFailure)
    }

    private var bytes: [UInt8] = []
    /// Where the search for the head's end goes on.
    private var searchedCount = 0
    /// Bytes of the last request's body that are still to be skipped.
    private var bodyByteCount = 0

    /// Appends bytes that arrived.
    mutating func append(_ more: some Sequence<UInt8>) {
        bytes += more
    }

    /// The next request, if all of its head is there.
    mutating func next() -> Next {
        skipBody()
        guard bodyByteCount == 0 else { return .incomplete }
        skipEmptyLines()
        guard let (headCount, endCount) = findEnd() else {
            return bytes.count > Self.headBytesMax ? .failure(.headTooLarge) : .incomplete
        }
        guard headCount <= Self.headBytesMax else { return .failure(.headTooLarge) }
        let head = Array(bytes.prefix(headCount))
        bytes.removeFirst(endCount)
        searchedCount = 0
        do throws(HTTPFailure) {
            let request = try HTTPRequest(head: head)
            bodyByteCount = request.bodyByteCount
            return .request(request)
        } catch {
            return .failure(error)
        }
    }

    private mutating func skipBody() {
        let count = min(bodyByteCount, bytes.count)
        bytes.removeFirst(count)
        bodyByteCount -= count
    }

    /// Empty lines before a request are some client's mistake, RFC 9112 §2.2.
    private mutating func skipEmptyLines() {
        guard searchedCount == 0 else { return }
        bytes.removeFirst(bytes.prefix { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }.count)
    }

    /// Where the head ends, and where the line feed of the empty line behind it does.
    private mutating func findEnd() -> (headCount: Int, endCount: Int)? {
        let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        for index in searchedCount..<bytes.count where bytes[index] == lineFeed {
            var next = index + 1
            if next < bytes.count, bytes[next] == carriageReturn { next += 1 }
            if next < bytes.count, bytes[next] == lineFeed { return (index, next + 1) }
        }
        // The last three bytes may be the beginning of the end.
        searchedCount = max(0, bytes.count - 3)
        return nil
    }

    /// What nginx gives its large heads: 4 buffers of 8 KiB.
    static let headBytesMax = 32 * 1024
}
