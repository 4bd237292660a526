/// The device of `--tty` and its speed.
struct SerialDevice: Hashable, Sendable, CustomStringConvertible {
    /// Where it is.
    let path: String
    /// Bits a second; nil leaves what it has.
    let baudRate: Int?

    /// Parses `DEVICE` or `DEVICE,BAUD`; nil where no number is behind the comma.
    init?(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        let baudRate = parts.count == 2 ? Int(parts[1]) : nil
        guard let path = parts.first, !path.isEmpty, parts.count == 1 || baudRate != nil else { return nil }
        self.path = String(path)
        self.baudRate = baudRate
    }

    /// The path.
    var description: String { path }
}
