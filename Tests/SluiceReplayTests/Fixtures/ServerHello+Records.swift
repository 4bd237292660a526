import SluiceReplay

extension ServerHello {
    /// The message at the beginning of a server's first record; nil if it is another, or goes on in a second record.
    init?(inFirstRecordOf bytes: [UInt8]) {
        // Record header 5: type, version, length. Message header 4: type, length.
        guard bytes.count > 9, bytes[0] == 22 else { return nil }
        let count = 4 + bytes[6...8].reduce(0) { $0 << 8 | Int($1) }
        self.init(message: Array(bytes.dropFirst(5).prefix(count)))
    }
}
