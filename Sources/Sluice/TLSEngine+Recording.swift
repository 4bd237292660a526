internal import SluiceOpenSSL

// How a verb tells its recorder what it did, and the clock.

extension TLSEngine {
    /// Runs a verb and tells the recorder, if there is one, what came of it.
    ///
    /// - Parameters:
    ///   - run: The verb itself.
    ///   - verb: What was called, asked after it ran.
    ///   - outcome: What its value is to a recorder.
    /// - Returns: What `run` returned.
    /// - Throws: What `run` threw.
    mutating func recording<Value>(
        _ run: (inout TLSEngine) throws(TLSError) -> Value,
        as verb: (borrowing TLSEngine) -> TLSCall.Verb,
        outcome: (Value) -> TLSCall.Outcome
    ) throws(TLSError) -> Value {
        guard let recorder else { return try run(&self) }
        do throws(TLSError) {
            let value = try run(&self)
            recorder.record(TLSCall(verb(self), outcome(value)))
            return value
        } catch {
            recorder.record(TLSCall(verb(self), failure: error))
            throw error
        }
    }

    /// Runs a verb that returns nothing and tells the recorder.
    mutating func recording(
        _ verb: @autoclosure () -> TLSCall.Verb,
        _ run: (inout TLSEngine) throws(TLSError) -> Void
    ) throws(TLSError) {
        try recording(run, as: { _ in verb() }, outcome: { .nothing })
    }

    /// How many bytes a recorder says were offered, of `offered`, where `taken` were taken: anything beyond the next
    /// `extraMax` has no effect on the engine.
    static func offer(of offered: Int, taken: Int, extraMax: Int) -> Int {
        taken + min(offered - taken, extraMax)
    }
}

extension TLSEngine {
    /// Sets the clock of an engine that was made with a seed: certificates and sessions are judged by it from here on, and
    /// tickets stamped with it.
    ///
    /// - Precondition: The engine was made with a seed; an ordinary one goes by the system's clock.
    public mutating func setTime(_ time: UnixTime) {
        precondition(connection.time != nil, "only an engine that was made with a seed has a clock of its own")
        connection.setTime(time.secondsSince1970)
        recorder?.record(TLSCall(.setTime(time)))
    }
}
