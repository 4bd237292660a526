/// Puts lines together, ended by CRLF or by LF alone as old servers do.
struct LineReader: Sendable {
    private var line: [UInt8] = []

    /// Takes a byte.
    ///
    /// - Returns: The line that it ends, without its end.
    mutating func take(_ byte: UInt8) throws(PreambleError) -> [UInt8]? {
        guard byte == 0x0a else {
            guard line.count <= PreambleLimits.lineBytesMax else {  // one more than a line: the CR
                throw PreambleError(.tooLong, "a line has more than \(PreambleLimits.lineBytesMax) bytes")
            }
            line.append(byte)
            return nil
        }
        if line.last == 0x0d { line.removeLast() }
        defer { line = [] }
        return line
    }
}
