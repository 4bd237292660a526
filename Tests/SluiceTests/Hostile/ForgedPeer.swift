import Sluice
import SluiceOpenSSL
import Testing

/// An established engine whose peer is gone, and the peer's keys in the hands of somebody who seals what they like.
struct ForgedPeer: ~Copyable {
    /// The engine under attack.
    var engine: TLSEngine
    /// The keys of its peer.
    var keys: TrafficKeys

    /// Establishes a pair, and takes the peer's place.
    init(
        against end: EnginePair.End,
        _ version: TLSVersion,
        ringCapacity: Int = TLSLimits.ringCapacityDefault
    ) throws {
        var pair = try Self.contexts(against: end, version, ringCapacity).pair()
        pair.settle()
        try #require(pair.outcome().client.failure == nil && pair.client.isEstablished && pair.server.isEstablished)
        keys = try Self.keys(of: end == .client ? .server : .client, version, &pair)
        let engine = end == .client ? pair.client : pair.server
        self.engine = engine
    }

    /// Seals a record as the peer would.
    mutating func seal(_ type: UInt8, _ plaintext: [UInt8], padding: Int = 0) -> [UInt8] {
        keys.seal(type, plaintext, padding: padding).bytes
    }

    /// Seals a KeyUpdate, and goes on with the new keys.
    mutating func sealKeyUpdate(isRequest: Bool) -> [UInt8] {
        defer { keys.update() }
        return seal(22, [24, 0, 0, 1, isRequest ? 1 : 0])
    }

    private static func contexts(
        against end: EnginePair.End,
        _ version: TLSVersion,
        _ ringCapacity: Int
    ) throws -> ContextPair {
        func change(_ parameters: inout TLSParameters, of current: EnginePair.End) {
            parameters.cipherSuites = ["TLS_AES_128_GCM_SHA256"]
            parameters.tls12CipherSuites = ["ECDHE-ECDSA-AES128-GCM-SHA256"]
            if current == end { parameters.ringCapacity = ringCapacity } else { parameters.observations = .keyLog }
        }
        return try ContextPair(
            version,
            client: { change(&$0.parameters, of: .client) },
            server: {
                change(&$0.parameters, of: .server)
                // A ticket would use up a sequence number.
                $0.sessions.ticketCount = 0
            }
        )
    }

    private static func keys(
        of end: EnginePair.End,
        _ version: TLSVersion,
        _ pair: inout EnginePair
    ) throws -> TrafficKeys {
        var secrets: [String: [UInt8]] = [:]
        for case .keyLogLine(let line) in end == .client ? pair.clientEvents() : pair.serverEvents() {
            let words = line.split(separator: " ")
            secrets[String(words[0])] = Array(hexadecimal: String(words[2]))
        }
        if version == .tls13 {
            let name = end == .client ? "CLIENT_TRAFFIC_SECRET_0" : "SERVER_TRAFFIC_SECRET_0"
            return TrafficKeys(trafficSecret: try #require(secrets[name]))
        }
        // Record header (5), message header (4), version (2), then the random (32).
        return TrafficKeys(
            masterSecret: try #require(secrets["CLIENT_RANDOM"]),
            clientRandom: Array(pair.clientSent[11..<43]),
            serverRandom: Array(pair.serverSent[11..<43]),
            isClient: end == .client
        )
    }
}

extension Array where Element == UInt8 {
    init?(hexadecimal: String) {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        guard digits.count == hexadecimal.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
