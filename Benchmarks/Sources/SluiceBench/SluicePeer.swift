import Sluice

/// Two engines, ciphertext lent from ring to ring.
struct SluicePeer: Peer {
    let name = "Sluice"
    let client: TLSContext
    let server: TLSContext

    init(_ material: Material) throws {
        var client = TLSClientConfiguration.client(to: ServerName(stringLiteral: Material.host))
        client.verification = .roots(try .pem(Array(material.chain.utf8)))
        client.parameters = Self.parameters
        var server = TLSServerConfiguration.server(material.identity)
        server.parameters = Self.parameters
        self.client = try TLSContext(client)
        self.server = try TLSContext(server)
    }

    private static var parameters: TLSParameters {
        var parameters = TLSParameters()
        parameters.versions = .tls13 ... .tls13
        parameters.cipherSuites = ["TLS_AES_128_GCM_SHA256"]
        parameters.groups = ["X25519"]
        return parameters
    }

    func handshakes(_ count: Int) throws -> Int {
        var completed = 0
        for _ in 0..<count {
            var client = try TLSEngine(client)
            var server = try TLSEngine(server)
            try establish(&client, &server)
            if client.isEstablished && server.isEstablished { completed += 1 }
        }
        return completed
    }

    func bulk(totalBytes: Int, writeBytes: Int) throws -> Int {
        var client = try TLSEngine(client)
        var server = try TLSEngine(server)
        try establish(&client, &server)
        let plain = [UInt8](repeating: 0, count: writeBytes)
        var (sent, received) = (0, 0)
        try withUnsafeTemporaryAllocation(byteCount: writeBytes, alignment: 16) { buffer in
            while received < totalBytes {
                let rest = plain.span.bytes.extracting(first: totalBytes - sent)
                if rest.byteCount > 0 { sent += try client.write(rest) }
                try Self.carry(&client, &server)
                while true {
                    var output = OutputRawSpan(buffer: buffer, initializedCount: 0)
                    let count = try server.read(into: &output)
                    if count == 0 { break }
                    received += count
                }
            }
        }
        return received
    }

    private func establish(_ client: inout TLSEngine, _ server: inout TLSEngine) throws {
        for _ in 0..<20 {
            try Self.carry(&client, &server)
            try Self.carry(&server, &client)
            if client.drainableByteCount == 0, server.drainableByteCount == 0 { return }
        }
    }

    private static func carry(_ sender: inout TLSEngine, _ receiver: inout TLSEngine) throws {
        while try sender.drain(lending: { bytes throws(TLSError) in try receiver.feed(bytes) }) > 0 {}
    }
}
