// TLS over a serial line. Without one at hand, socat makes two that are connected:
//
//     socat pty,raw,echo=0,link=/tmp/left pty,raw,echo=0,link=/tmp/right &
//     swift build --package-path Examples --product serial-line
//     PATH=$PWD/Examples/.build/debug:$PATH
//     cd Fixtures/Certificates
//     serial-line server /tmp/left --cert server-ecdsa.pem --key server-ecdsa.key.pem &
//     serial-line client /tmp/right --name server.test --ca root.pem "how warm is it?"
//
// The server answers each message with the same in capitals, until the client closes.

import ArgumentParser
import Foundation
import Sluice
import SluicePOSIX

@main
struct SerialLineExample: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serial-line",
        abstract: "TLS over a serial line.",
        subcommands: [Client.self, Server.self]
    )

    /// A line has no end: a peer that was unplugged is told by its silence alone.
    static var deadline: Deadline { .after(.seconds(20)) }

    struct Client: ParsableCommand {
        @OptionGroup var line: LineOptions
        @Option(help: "Whom the server's certificate must name.") var name: String
        @Option(help: "The roots that may have signed it, in PEM.") var ca: String
        @Argument(help: "What to say.") var message: String

        func run() throws {
            guard let serverName = ServerName(name) else { throw ValidationError("\(name) is no name of a server") }
            var configuration = TLSClientConfiguration.client(to: serverName)
            configuration.verification = .roots(.file(ca))
            var stream = TLSStream(try TLSEngine(configuration), over: try line.open())
            defer { stream.finish(by: .after(.seconds(1))) }

            try stream.handshake(by: deadline)
            try stream.write(Array(message.utf8), by: deadline)
            try stream.close(by: deadline)
            while case let answer = try stream.read(by: deadline), !answer.isEmpty {
                print(String(decoding: answer, as: UTF8.self))
            }
        }
    }

    struct Server: ParsableCommand {
        @OptionGroup var line: LineOptions
        @Option(help: "The certificate and its intermediates, in PEM.") var cert: String
        @Option(help: "The private key, in PEM.") var key: String

        func run() throws {
            let (chain, key) = try (Data(contentsOf: URL(filePath: cert)), Data(contentsOf: URL(filePath: key)))
            let identity = try TLSIdentity(pemChain: Array(chain), pemKey: Array(key))
            var stream = TLSStream(try TLSEngine(.server(identity)), over: try line.open())
            defer { stream.finish(by: .after(.seconds(1))) }

            // A client may take its time to come, but not in the middle of a handshake.
            try stream.transport.wait(for: .readable, by: .never)
            try stream.handshake(by: deadline)
            while case let message = try stream.read(by: deadline), !message.isEmpty {
                try stream.write(Array(String(decoding: message, as: UTF8.self).uppercased().utf8), by: deadline)
            }
            try stream.close(by: deadline)
        }
    }

    struct LineOptions: ParsableArguments {
        @Argument(help: "The device: /dev/ttyUSB0, say.") var device: String
        @Option(help: "Bits a second; the device's own rate if not given.") var baud: Int?

        func open() throws -> Descriptor {
            try SerialLine.open(device, baudRate: baud)
        }
    }
}

private var deadline: Deadline { SerialLineExample.deadline }
