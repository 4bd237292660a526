import Fixtures
import Sluice
import SluiceSimulation
import SluiceOpenSSL
import Testing

/// Messages and sessions as bytes, cut and altered.
struct DamagedValueTests {
    @Test func `a ClientHello cut at any byte is none`() throws {
        for version in TLSVersion.allCases {
            let message = try clientHello(version)
            #expect(ClientHello(message: message)?.serverName == "server.test")
            for length in message.indices { #expect(ClientHello(message: Array(message.prefix(length))) == nil) }
            #expect(ClientHello(message: message + [0]) == nil)
        }
    }

    @Test func `an altered ClientHello is read or refused`() throws {
        let message = try clientHello(.tls13)
        for index in message.indices {
            for value in [0, 1, 2, 127, 128, 255, message[index] ^ 1] {
                var altered = message
                altered[index] = value
                guard let hello = ClientHello(message: altered) else { continue }
                #expect(hello.message == altered)
            }
        }
    }

    @Test func `noise is no ClientHello`() {
        for seed in UInt64(0)..<2000 {
            var generator = SplitMix64(seed: seed)
            let body = generator.bytes(Int.random(in: 0...100, using: &generator))
            _ = ClientHello(message: [1] + bigEndian(body.count, 3) + body)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session cut at any byte is none`(version: TLSVersion) throws {
        let bytes = try session(version).exported()
        #expect(try TLSSession(exported: bytes).exported() == bytes)
        for length in bytes.indices {
            expect(.invalidSession) { try TLSSession(exported: Array(bytes.prefix(length))) }
        }
        expect(.invalidSession) { try TLSSession(exported: bytes + [0]) }
        expect(.invalidSession) { try TLSSession(exported: [UInt8](repeating: 0x30, count: 300_000)) }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session altered at any byte is none`(version: TLSVersion) throws {
        let bytes = try session(version).exported()
        for index in bytes.indices {
            var altered = bytes
            altered[index] ^= 1 << UInt8(index * 5 % 8)
            expect(.invalidSession) { try TLSSession(exported: altered) }
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session forged at any byte resumes, or costs a full handshake, or ends in a typed error`(
        version: TLSVersion
    ) throws {
        let contexts = try ContextPair.shared(version)
        let bytes = try session(version).exported().dropLast(32)
        for index in bytes.indices {
            var forged = Array(bytes)
            forged[index] ^= 1 << UInt8(index * 5 % 8)
            let client: TLSEngine
            do throws(TLSError) {
                client = try TLSEngine(contexts.client, resuming: TLSSession(exported: forged + sha256(of: forged)))
            } catch {
                #expect(error.code == .invalidSession && error.fault == .caller, "byte \(index): \(error)")
                continue
            }
            var pair = EnginePair(client, try TLSEngine(contexts.server))
            #expect(pair.settle(turnsMax: 1000) < 1000)
            for end in EnginePair.End.allCases {
                if let error = pair.failure(of: end) {
                    expectFailed(&pair[end], with: error)
                } else {
                    let isEstablished = pair[end].isEstablished
                    #expect(isEstablished, "byte \(index)")
                }
            }
        }
    }

    private func clientHello(_ version: TLSVersion) throws -> [UInt8] {
        var client = try ContextPair.shared(version).engine(.client)
        return Array(client.drain().dropFirst(WireRecord.headerBytes))
    }

    private func session(_ version: TLSVersion) throws -> TLSSession {
        var pair = try EnginePair.established(.shared(version))
        for case .sessionReceived(let session) in pair.clientEvents() { return session }
        throw SessionMissing()
    }

    private struct SessionMissing: Error {}
}
