internal import Sluice

extension TLSBeginning {
    /// The same beginning for an engine that tells everything. That changes no byte of what it does.
    func observed() -> TLSBeginning {
        TLSBeginning(
            configuration: configuration.observed(),
            contextSeed: contextSeed,
            serverName: serverName,
            session: session,
            seed: seed,
            time: time
        )
    }
}

extension TLSCall {
    /// The same call, where another context takes the engine over an observing one.
    func observed() throws(TLSError) -> TLSCall {
        guard case .resolve(.clientHello(.use(let context))) = verb else { return self }
        let observed = try TLSContext(context.configuration.observed(), seed: context.seed)
        return TLSCall(.resolve(.clientHello(.use(observed))), outcome, failure: failure)
    }
}

extension TLSConfiguration {
    fileprivate func observed() -> TLSConfiguration {
        switch self {
        case .client(var configuration):
            configuration.parameters.observations = .everything
            return .client(configuration)
        case .server(var configuration):
            configuration.parameters.observations = .everything
            return .server(configuration)
        }
    }
}

extension TLSParameters.Observations {
    fileprivate static let everything: Self = [.keyLog, .messages, .records]
}
