import Sluice
import SluiceProxy
import SluiceSimulation
import Testing

/// Who is let through: certificates of clients and upstreams, judged by OpenSSL and by the owner.
struct JudgementTests {
    static let versions: [TLSVersion] = [.tls12, .tls13]

    /// A bridge that is asked about one side's certificates, with a client that has one.
    private func rig(
        _ side: ProxySide,
        _ version: TLSVersion,
        _ verdict: PeerCertificateAnswer?,
        _ change: (inout RigSetup) -> Void = { _ in }
    ) throws -> SessionRig {
        let rig = try SessionRig(
            RigSetup(.bridge) {
                $0.contexts.versions = PerSide(client: version, upstream: version)
                $0.contexts.judges[side] = true
                $0.contexts.asksForIdentity.client = side == .client
                $0.contexts.hasIdentity.client = true
                $0.verdicts[side] = verdict
                $0.byteCounts = PerSide(client: 1000, upstream: 1000)
                change(&$0)
            }
        )
        rig.settle()
        return rig
    }

    @Test(arguments: ProxySide.allCases, versions)
    func `a peer that the owner accepts is let through`(side: ProxySide, version: TLSVersion) throws {
        let rig = try rig(side, version, .accept)
        #expect(rig.judged == [side])
        expectCompleted(rig)
    }

    @Test(arguments: ProxySide.allCases, versions)
    func `a peer that the owner rejects is told why`(side: ProxySide, version: TLSVersion) throws {
        let rig = try rig(side, version, .reject(.certificateUnknown))
        rig.pass(.seconds(5))
        #expect(rig.judged == [side])
        #expect(rig[side].receivedAlert == .certificateUnknown)
        expectEnded(rig, .handshakeFailed, side)
        // A client that has a handshake behind it sees that its stream is cut.
        if side == .upstream { #expect(rig.client.seenEnd == .failed(.truncated)) }
        if side == .client { #expect(!rig.isConnecting) }
    }

    @Test(arguments: ProxySide.allCases, versions)
    func `an owner that never answers lets the handshake's time pass`(side: ProxySide, version: TLSVersion) throws {
        let rig = try rig(side, version, nil)
        rig.pass(.seconds(15))
        expectEnded(rig, .handshakeTimeout, side)
        #expect(rig.client.receivedByteCount == 0)
        #expect(rig.upstream.receivedByteCount == 0)
        // Too late.
        rig.session.resolve(.accept, of: side)
        rig.obey()
        expectEnded(rig, .handshakeTimeout, side)
    }

    @Test(arguments: ProxySide.allCases, versions)
    func `a late answer goes on where the handshake stood`(side: ProxySide, version: TLSVersion) throws {
        let rig = try rig(side, version, nil)
        rig.pass(.seconds(3))
        rig.session.resolve(.accept, of: side)
        rig.obey()
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: versions)
    func `nothing of a client's goes on before it is accepted`(version: TLSVersion) throws {
        let rig = try rig(.client, version, nil)
        #expect(!rig.isConnecting)
        #expect(rig.session.report.client == nil)
        #expect(rig.firstComplaint == nil)
    }

    @Test(arguments: versions)
    func `a client without the certificate that is required is turned away`(version: TLSVersion) throws {
        let rig = try SessionRig(
            RigSetup(.terminate) {
                $0.contexts.versions.client = version
                $0.contexts.asksForIdentity.client = true
            }
        )
        rig.pass(.seconds(5))
        #expect(rig.client.receivedAlert == (version == .tls12 ? .handshakeFailure : .certificateRequired))
        expectEnded(rig, .handshakeFailed, .client)
        #expect(!rig.isConnecting)
    }

    @Test(arguments: [SessionMode.bridge, .originate], versions)
    func `an upstream that isn't trusted gets nothing of the client's`(mode: SessionMode, version: TLSVersion) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.contexts.versions.upstream = version
                $0.contexts.isTrusting.upstream = false
                $0.byteCounts.client = 1000
            }
        )
        rig.pass(.seconds(5))
        #expect(rig.upstream.receivedAlert == .unknownCA)
        #expect(rig.upstream.receivedByteCount == 0)
        #expect(rig.client.seenEnd == (mode == .bridge ? .failed(.truncated) : .reset))
        expectEnded(rig, .handshakeFailed, .upstream)
        #expect(rig.session.report.end?.error?.code == .verificationFailed)
    }

    @Test(arguments: versions)
    func `a client that doesn't trust the proxy says so`(version: TLSVersion) throws {
        let rig = try SessionRig(
            RigSetup(.terminate) {
                $0.contexts.versions.client = version
                $0.contexts.isTrusting.client = false
            }
        )
        rig.pass(.seconds(5))
        expectEnded(rig, .handshakeFailed, .client)
        #expect(rig.session.report.end?.error?.alert == TLSError.Alert(.unknownCA, sentBy: .peer))
    }

    @Test(arguments: versions)
    func `the proxy shows its own certificate to an upstream that asks`(version: TLSVersion) throws {
        for hasIdentity in [true, false] {
            let rig = try SessionRig(
                RigSetup(.originate) {
                    $0.contexts.versions.upstream = version
                    $0.contexts.asksForIdentity.upstream = true
                    $0.contexts.hasIdentity.upstream = hasIdentity
                    $0.byteCounts = PerSide(client: 1000, upstream: 1000)
                }
            )
            rig.pass(.seconds(5))
            if hasIdentity { expectCompleted(rig) }
            let reason = rig.session.report.end?.reason
            // A TLS 1.3 client is through with its handshake before the server has judged it.
            if !hasIdentity { #expect(reason == (version == .tls12 ? .handshakeFailed : .tlsFailed)) }
        }
    }
}
