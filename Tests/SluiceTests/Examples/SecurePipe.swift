import Foundation
import Sluice

/// TLS over two pipes, or any two file handles that wait.
struct SecurePipe: ~Copyable {
    var engine: TLSEngine
    let input: FileHandle
    let output: FileHandle

    mutating func write(_ plaintext: consuming [UInt8]) throws {
        while !engine.isEstablished { try takeTurn() }
        while !plaintext.isEmpty {
            plaintext.removeFirst(try engine.write(plaintext))
            try output.write(contentsOf: engine.drain())
        }
    }

    /// What the peer sent next; empty once it has closed.
    mutating func read() throws -> [UInt8] {
        while true {
            let plaintext = try engine.read()
            if !plaintext.isEmpty || engine.isPeerClosed { return plaintext }
            try takeTurn()
        }
    }

    mutating func close() throws {
        try engine.close()
        try output.write(contentsOf: engine.drain())
    }

    private mutating func takeTurn() throws {
        try output.write(contentsOf: engine.drain())
        guard case .ciphertext(let count) = engine.needs else { return }
        let bytes = [UInt8](try input.read(upToCount: count) ?? Data())
        defer { try? output.write(contentsOf: engine.drain()) }  // an alert too, if this throws
        if bytes.isEmpty { try engine.feedEOF() } else { try engine.feed(bytes) }
    }
}
