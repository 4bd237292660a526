/// SIGINT and SIGTERM as bytes to poll for. There is one for a process; the second signal of a kind ends the process.
package struct TerminationSignals: ~Copyable, Sendable {
    /// Readable once a signal came.
    package let descriptor: Descriptor

    // The handler writes to it until the process ends, so it is never closed.
    private let writeEnd: CInt

    /// Takes the two signals over.
    package init() throws(TransportError) {
        let (readEnd, writeEnd) = try SystemCalls.makePipe()
        try SystemCalls.setNonBlocking(writeEnd)
        descriptor = try Descriptor(owning: readEnd)
        self.writeEnd = writeEnd
        SystemCalls.reportTermination(to: writeEnd)
    }
}
