/// The machine's processors.
package enum Processors {
    /// How many work, at least 1.
    package static var count: Int { SystemCalls.processorCount() }
}
