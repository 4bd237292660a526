/// The way into a connection's inbound ring, apart from the connection, so that an engine can be used while it takes bytes.
package struct Inlet: ~Copyable {
    private let state: CallbackState

    init(_ state: CallbackState) {
        self.state = state
    }

    /// Takes bytes as if they were put into the inbound ring, but copies only those that libssl leaves there.
    ///
    /// - Parameters:
    ///   - bytes: What was fed, no more than the ring has room for.
    ///   - engine: Who owns the connection.
    ///   - body: Lets libssl read.
    package func lend<Engine: ~Copyable>(
        _ bytes: RawSpan,
        to engine: inout Engine,
        while body: (inout Engine) -> Void
    ) {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe state.wire.pointee.lend(bytes)
            body(&engine)
            unsafe state.wire.pointee.takeBack()
        }
    }
}
