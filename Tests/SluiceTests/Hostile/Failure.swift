import Sluice
import Testing

extension TLSEngine {
    /// Feeds bytes whole, and drains as long as not all are taken.
    ///
    /// - Returns: What the engine threw, or nil if it is alive, and what was drained.
    mutating func outcome(ofFeeding bytes: [UInt8]) -> (failure: TLSError?, drained: [UInt8]) {
        var drained = drain()
        var rest = bytes[...]
        do throws(TLSError) {
            while !rest.isEmpty {
                let taken = try feed(Array(rest))
                rest = rest.dropFirst(taken)
                let more = drain()
                drained += more
                if taken == 0, more.isEmpty { break }
            }
            // A failure that came while draining is thrown by the next verb.
            _ = try read()
            return (nil, drained + drain())
        } catch {
            return (error, drained + drain())
        }
    }
}

/// Calls every verb of a failed engine, and expects the same error of each, and nothing more to do.
func expectFailed(
    _ engine: inout TLSEngine,
    with error: TLSError,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var thrown: [TLSError?] = []
    thrown.append(failure { () throws(TLSError) in _ = try engine.feed([22, 3, 3, 0, 0]) })
    thrown.append(failure { () throws(TLSError) in _ = try engine.feed([]) })
    thrown.append(failure { () throws(TLSError) in _ = try engine.write([1]) })
    thrown.append(failure { () throws(TLSError) in _ = try engine.write([]) })
    thrown.append(failure { () throws(TLSError) in _ = try engine.read() })
    thrown.append(failure { () throws(TLSError) in _ = try engine.updateKeys(requestingPeer: true) })
    thrown.append(failure { () throws(TLSError) in try engine.feedEOF() })
    thrown.append(failure { () throws(TLSError) in try engine.close() })
    thrown.append(failure { () throws(TLSError) in try engine.resolve(ClientHelloAnswer.proceed) })
    thrown.append(failure { () throws(TLSError) in try engine.resolve(ClientIdentityAnswer.presentNone) })
    thrown.append(failure { () throws(TLSError) in try engine.resolve(PeerCertificateAnswer.accept) })
    thrown.append(failure { () throws(TLSError) in _ = try engine.feed([0]) })
    #expect(thrown.allSatisfy { $0 == error }, "\(thrown) instead of \(error)", sourceLocation: sourceLocation)

    let lent = engine.feed { span in #expect(span.freeCapacity == 0, sourceLocation: sourceLocation) }
    let standing = [lent, engine.feedableByteCount, engine.readableByteCount, engine.writableByteCount]
    #expect(standing == [0, 0, 0, 0], "bytes taken, feedable, readable, writable", sourceLocation: sourceLocation)
    let (needs, state, decision) = (engine.needs, engine.state, engine.pendingDecision)
    #expect(needs == (engine.drainableByteCount > 0 ? .drain : .nothing), sourceLocation: sourceLocation)
    #expect(state == .failed(error), sourceLocation: sourceLocation)
    #expect(decision == nil, sourceLocation: sourceLocation)
    let isHibernating = engine.hibernate()
    #expect(!isHibernating, sourceLocation: sourceLocation)
}

/// What a test table says of an error, without its words.
struct Blame: Hashable, CustomStringConvertible {
    let code: TLSError.Code
    let fault: TLSError.Fault
    let alert: TLSError.Alert?

    init(_ code: TLSError.Code, _ fault: TLSError.Fault, sent alert: TLSAlert? = nil) {
        self.code = code
        self.fault = fault
        self.alert = alert.map { TLSError.Alert($0, sentBy: .local) }
    }

    init(_ error: TLSError) {
        code = error.code
        fault = error.fault
        alert = error.alert
    }

    var description: String {
        "\(code), \(fault), \(alert.map { "\($0.description) by \($0.sender)" } ?? "no alert")"
    }
}
