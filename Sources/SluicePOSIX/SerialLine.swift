/// Serial lines and other terminal devices, as carriers of bytes.
public enum SerialLine {
    /// Opens a device and makes it carry bytes as they are: 8 data bits, no parity, no echo, no signals, nothing edited.
    ///
    /// The device keeps these settings. A line has no end of its own: a peer that is unplugged isn't told from one that
    /// says nothing, so give every wait a deadline.
    ///
    /// - Parameters:
    ///   - path: The device: `/dev/ttyUSB0`, a pseudo-terminal.
    ///   - baudRate: Bits a second, one of the rates that the system knows; nil leaves the device's own.
    /// - Returns: The device, open for reading and writing.
    /// - Throws: ``TransportError``: `fileNotFound`, `permissionDenied`, `invalidArgument` for a rate that isn't known or
    ///   a file that is no terminal.
    public static func open(_ path: String, baudRate: Int? = nil) throws(TransportError) -> Descriptor {
        // The controlling terminal stays what it is, and a modem's carrier isn't waited for.
        let descriptor = try Descriptor(owning: SystemCalls.openTerminal(path))
        guard SystemCalls.isTerminal(descriptor.number) else {
            throw TransportError(.invalidArgument, "use \(path) as a serial line: it is no terminal device")
        }
        try SystemCalls.makeRaw(descriptor.number, baudRate: baudRate)
        return descriptor
    }
}
