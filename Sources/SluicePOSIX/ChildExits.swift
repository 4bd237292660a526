/// The ends of child processes as bytes to poll for. There is one for a process.
package struct ChildExits: ~Copyable, Sendable {
    /// Readable once a child has ended since ``forget()``.
    package let descriptor: Descriptor

    // The handler writes to it until the process ends, so it is never closed.
    private let writeEnd: CInt

    /// Takes the signal SIGCHLD over.
    package init() throws(TransportError) {
        let (readEnd, writeEnd) = try SystemCalls.makePipe()
        try SystemCalls.setNonBlocking(writeEnd)
        descriptor = try Descriptor(owning: readEnd)
        self.writeEnd = writeEnd
        SystemCalls.reportChildren(to: writeEnd)
    }

    /// Begins anew. Look at each child behind this, not before it.
    package borrowing func forget() {
        while case .moved = try? descriptor.read(atMost: 512).0 {}
    }
}
