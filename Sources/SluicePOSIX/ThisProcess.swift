/// What the system says about this process, and counts in.
package enum ThisProcess {
    /// Its number.
    package static var id: Int32 { SystemCalls.processID() }

    /// The bytes of a page of memory.
    package static var pageBytes: Int { SystemCalls.pageBytes() }

    /// The ticks of a second in `/proc`.
    package static var ticksPerSecond: Int { SystemCalls.ticksPerSecond() }

    /// Lets it have as many descriptors as an unprivileged process can ask for.
    ///
    /// - Returns: How many.
    package static func raiseDescriptorsMax() -> Int { SystemCalls.raiseDescriptorsMax() }
}
