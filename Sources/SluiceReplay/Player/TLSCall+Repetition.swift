package import Sluice

// How a recorded call is made again. Whatever an edited journal says, it doesn't trap and takes no memory to speak of.

extension TLSCall {
    /// Makes the same call of another engine.
    ///
    /// - Returns: What it came to; nil for an answer to a question that the engine doesn't ask.
    func repeated(on engine: inout TLSEngine, ringCapacity: Int) -> TLSCall? {
        if case .resolve(let answer) = verb, !answer.fits(engine.pendingDecision) { return nil }
        return boundedVerb(ringCapacity: ringCapacity).apply(to: &engine)
    }

    /// Whether two calls came to the same.
    func cameToSame(as other: TLSCall) -> Bool {
        outcome == other.outcome && failure == other.failure
    }

    /// The verb with no more room and bytes on offer than could make a difference, whatever a file says.
    ///
    /// A recorder never tells of more, see ``TLSCall/Verb``; so this changes what an edited journal asks for alone.
    private func boundedVerb(ringCapacity: Int) -> Verb {
        let givenCount = if case .bytes(let bytes) = outcome { bytes.count } else { 0 }
        switch verb {
        case .feed(let bytes, let offered): return .feed(bytes, offered: offered.clamped(to: bytes.count, extra: 1))
        case .write(let bytes, let offered):
            return .write(bytes, offered: offered.clamped(to: bytes.count, extra: ringCapacity))
        case .drain(let countMax): return .drain(atMost: countMax.clamped(to: 0, extra: givenCount + 1))
        case .read(let countMax): return .read(atMost: countMax.clamped(to: 0, extra: givenCount + 1))
        default: return verb
        }
    }
}

extension TLSAnswer {
    /// Whether it answers this question. An engine traps where its owner answers another; here the owner is a file.
    package func fits(_ decision: TLSDecision?) -> Bool {
        switch (self, decision) {
        case (.clientHello(.use(let context)), .clientHello): context.role == .server
        case (.clientHello, .clientHello), (.clientIdentity, .clientIdentity), (.peerCertificate, .peerCertificate):
            true
        default: false
        }
    }
}

extension TLSConfiguration {
    /// Bytes that each ring of an engine has.
    var ringCapacity: Int {
        switch self {
        case .client(let configuration): configuration.parameters.ringCapacity
        case .server(let configuration): configuration.parameters.ringCapacity
        }
    }
}

extension Int {
    fileprivate func clamped(to count: Int, extra: Int) -> Int {
        Swift.min(Swift.max(count, self), count + extra)
    }
}
