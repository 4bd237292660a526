import NIOCore
import NIOSSL
import Programs
import Sluice
import SluiceNIO

/// What speaks TLS at one end.
enum Library: CaseIterable, Sendable {
    case sluice, nioSSL
}

/// Whose client talks to whose server.
struct Pairing: Sendable, CaseIterable, CustomStringConvertible {
    let client: Library
    let server: Library

    static let allCases = [
        Pairing(client: .sluice, server: .nioSSL),
        Pairing(client: .nioSSL, server: .sluice),
    ]

    var description: String { "\(client) client, \(server) server" }
}

/// What both ends are set to, in the words of neither.
struct Settings: Sendable {
    var version = Sluice.TLSVersion.tls13
    var clientProtocols: [String] = []
    var serverProtocols: [String] = []
    /// The file of the root that the client trusts.
    var clientRoot = "root.pem"
    /// Whether the server asks who the client is.
    var isClientAsked = false
    /// Whether the client can say who it is.
    var isClientKnown = false
    /// What the client resumes, if it is Sluice's.
    var session: TLSSession?
    /// Who is told of events, where it is Sluice.
    var observer: (@Sendable (TLSEvent) -> Void)?

    /// Makes the client's handler of one library.
    func clientHandler(_ library: Library) throws -> any ChannelHandler & RemovableChannelHandler {
        switch library {
        case .sluice:
            var configuration = TLSClientConfiguration.client(to: "server.test")
            configuration.verification = .roots(.file(certificate(clientRoot)))
            configuration.parameters = parameters(clientProtocols)
            if isClientKnown { configuration.identity = try identity("client") }
            return try TLSClientHandler(
                context: TLSContext(configuration),
                resuming: session,
                configuration: handlerConfiguration
            )
        case .nioSSL:
            var configuration = NIOSSL.TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .file(certificate(clientRoot))
            if isClientKnown { try present("client", in: &configuration) }
            set(&configuration, clientProtocols)
            return try NIOSSLClientHandler(
                context: NIOSSLContext(configuration: configuration),
                serverHostname: "server.test"
            )
        }
    }

    /// Makes servers' handlers of one library, all of one context.
    func serverHandlers(
        _ library: Library
    ) throws -> @Sendable () throws -> any ChannelHandler & RemovableChannelHandler {
        switch library {
        case .sluice:
            var configuration = TLSServerConfiguration.server(try identity("server-ecdsa"))
            configuration.parameters = parameters(serverProtocols)
            if isClientAsked { configuration.clientAuthentication = .required(.roots(.file(certificate("root.pem")))) }
            let context = try TLSContext(configuration)
            return { [handlerConfiguration] in
                try TLSServerHandler(context: context, configuration: handlerConfiguration)
            }
        case .nioSSL:
            var configuration = NIOSSL.TLSConfiguration.makeServerConfiguration(
                certificateChain: [],
                privateKey: try key("server-ecdsa")
            )
            try present("server-ecdsa", in: &configuration)
            if isClientAsked {
                configuration.certificateVerification = .noHostnameVerification
                configuration.trustRoots = .file(certificate("root.pem"))
            }
            set(&configuration, serverProtocols)
            let context = try NIOSSLContext(configuration: configuration)
            return { NIOSSLServerHandler(context: context) }
        }
    }

    private var handlerConfiguration: TLSHandlerConfiguration {
        var configuration = TLSHandlerConfiguration()
        configuration.observer = observer
        return configuration
    }

    private func parameters(_ protocols: [String]) -> TLSParameters {
        var parameters = TLSParameters()
        parameters.versions = version...version
        parameters.applicationProtocols = protocols.compactMap { ApplicationProtocol($0) }
        return parameters
    }

    private func set(_ configuration: inout NIOSSL.TLSConfiguration, _ protocols: [String]) {
        configuration.minimumTLSVersion = version == .tls12 ? .tlsv12 : .tlsv13
        configuration.maximumTLSVersion = configuration.minimumTLSVersion
        configuration.applicationProtocols = protocols
    }

    private func present(_ name: String, in configuration: inout NIOSSL.TLSConfiguration) throws {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate("\(name).pem"))
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = try key(name)
    }

    private func key(_ name: String) throws -> NIOSSLPrivateKeySource {
        .privateKey(try NIOSSLPrivateKey(file: certificate("\(name).key.pem"), format: .pem))
    }

    private func identity(_ name: String) throws -> TLSIdentity {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate("\(name).pem")).map { Array(try $0.toDERBytes()) }
        let key = try NIOSSLPrivateKey(file: certificate("\(name).key.pem"), format: .pem).derBytes
        return try TLSIdentity(
            certificateChain: chain.map { try Certificate(der: $0) },
            privateKey: PrivateKey(der: key)
        )
    }
}
