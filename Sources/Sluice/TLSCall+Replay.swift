internal import SluiceOpenSSL

extension TLSCall.Verb {
    /// Makes the same call of another engine.
    ///
    /// What was offered beyond the bytes taken is made up of zeros: an engine in the same state doesn't take it.
    ///
    /// - Precondition: An answer fits the engine's ``TLSEngine/pendingDecision``, as for `resolve`.
    /// - Complexity: Memory for the bytes in the verb, and for as many as `atMost` and `offered` say.
    public func apply(to engine: inout TLSEngine) -> TLSCall {
        do throws(TLSError) {
            return TLSCall(self, try run(on: &engine))
        } catch {
            return TLSCall(self, failure: error)
        }
    }

    private func run(on engine: inout TLSEngine) throws(TLSError) -> TLSCall.Outcome {
        switch self {
        case .feed(let bytes, let offered): return .count(try engine.feed(Self.padded(bytes, to: offered)))
        case .fill(let bytes):
            return .count(
                engine.feed { output in
                    for byte in bytes.prefix(output.freeCapacity) { output.append(byte) }
                }
            )
        case .feedEOF: try engine.feedEOF()
        case .drain(let countMax):
            return .bytes([UInt8](bytesMax: countMax) { output in _ = engine.drain(into: &output) })
        case .write(let bytes, let offered): return .count(try engine.write(Self.padded(bytes, to: offered)))
        case .read(let countMax):
            return .bytes(
                try [UInt8](bytesMax: countMax) { output throws(TLSError) in _ = try engine.read(into: &output) }
            )
        case .nextEvent: return engine.nextEvent().map(TLSCall.Outcome.event) ?? .nothing
        case .resolve(.clientHello(let answer)): try engine.resolve(answer)
        case .resolve(.clientIdentity(let answer)): try engine.resolve(answer)
        case .resolve(.peerCertificate(let answer)): try engine.resolve(answer)
        case .close: try engine.close()
        case .updateKeys(let isPeerRequested): return .flag(try engine.updateKeys(requestingPeer: isPeerRequested))
        case .hibernate: return .flag(engine.hibernate())
        case .takeLeftover: return .bytes(engine.takeLeftover())
        case .setTime(let time): engine.setTime(time)
        }
        return .nothing
    }

    private static func padded(_ bytes: [UInt8], to count: Int) -> [UInt8] {
        count > bytes.count ? bytes + [UInt8](repeating: 0, count: count - bytes.count) : bytes
    }
}
