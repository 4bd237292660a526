import ArgumentParser
import Sluice
import SluicePOSIX
import SluiceReplay

/// `sluice step`: a connection by files, one call for each thing that the peer sent.
struct StepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "step",
        abstract: "One step of a TLS connection that two parties make by exchanging files.",
        discussion: """
            A step makes the journal's engine again, takes what the peer sent on stdin, writes the answer for the peer \
            to stdout and appends what happened to the journal. Where the connection stands is told on stderr. A stdin \
            that is a terminal has nothing of the peer's, and stdout can't be one. The journal holds secrets, so only its \
            owner may read it (mode 0600).

            EXAMPLES
              sluice step alice --client bob.example --ca root.pem < /dev/null > 1
              sluice step bob --server --cert bob.pem --key bob.key < 1 > 2
              sluice step alice --send letter.txt < 2 > 3
              sluice step bob --receive letter.txt --close < 3 > 4
              sluice step alice --close < 4 > 5

            EXIT CODES
            \(ExitReason.table)
            """
    )

    @Argument(help: ArgumentHelp("The journal; made with --client or --server.", valueName: "journal"))
    var path: String

    @Option(help: ArgumentHelp("Begin a connection as the client of this server.", valueName: "name"))
    var client: String?

    @Flag(help: "Begin a connection as the server.")
    var server = false

    @Option(help: ArgumentHelp("Send what is in this file.", valueName: "file"))
    var send: String?

    @Option(help: ArgumentHelp("Append what arrived to this file. Without it, it waits.", valueName: "file"))
    var receive: String?

    @Flag(help: "Send nothing more: close_notify.")
    var close = false

    @Flag(help: "The peer will send nothing more, whatever it said.")
    var eof = false

    @Flag(help: "Write the last step's answer to stdout once more, and do nothing else.")
    var again = false

    @OptionGroup(title: "TLS, for the first step")
    var tls: ProtocolOptions

    @OptionGroup(title: "This end, for the first step")
    var identity: IdentityOptions

    @OptionGroup(title: "The server of a client, for the first step")
    var clientOptions: ClientOptions

    @OptionGroup(title: "The clients of a server, for the first step")
    var serverOptions: ServerOptions

    @Flag(name: .shortAndLong, help: "Say nothing on stderr but failures, and what was asked for.")
    var quiet = false

    func validate() throws {
        if client != nil, server { throw ValidationError("--client and --server exclude each other.") }
        if client != nil { try identity.validateForClient() }
        try refuseUnheard()
        if again, client != nil || server || send != nil || receive != nil || close || eof {
            throw ValidationError("--again goes with no other wish.")
        }
    }

    /// A step that can't heed an option must not look as if it did.
    private func refuseUnheard() throws {
        if client == nil, !server,
            let name = (tls.given + identity.given + clientOptions.given + serverOptions.given).first
        {
            throw ValidationError("\(name) goes with --client or --server, in the step that begins the connection.")
        }
        if client != nil, let name = serverOptions.given.first {
            throw ValidationError("\(name) is an option of servers, and --client begins a client.")
        }
        if server, let name = clientOptions.given.first {
            throw ValidationError("\(name) is an option of clients, and --server begins a server.")
        }
    }

    func run() throws {
        try Console.reporting {
            if StandardStreams.isOutputWatched {
                throw UsageError("the answer is bytes, not for a terminal: write stdout to a file, > FILE")
            }
            if again {
                try StandardStreams.writeAllOutput(try JournalFile(reading: path).journal.lastAnswer)
            } else {
                try takeStep(Console(isQuiet: quiet))
            }
        }
    }

    private func takeStep(_ console: Console) throws {
        // All that can be wrong with files is found out before anything happens.
        let keyLog = try tls.keyLogPath.map { try KeyLog(path: $0) }
        let plaintext = try send.map { try Files.read($0, bytesMax: Self.bytesMax) }
        if let receive { _ = try Files.openSecretLog(receive) }
        let journal = try openOrTell(console)
        if let option = unobserved(by: journal.observations) {
            console.note("\(option) shows nothing of TLS: it wasn't there in the step that began the connection")
        }
        let file = journal.file
        let ciphertext = StandardStreams.isInputTyped ? [] : try StandardStreams.readAllInput(bytesMax: Self.bytesMax)
        var step = Step(journal.takeEngine(), isReading: receive != nil)
        let left = go(&step, ciphertext, plaintext ?? [])
        try observe(&step.engine, console, keyLog)
        try deliver(step, file)
        try report(step, left, console)
    }

    /// An option whose events the journal's engine doesn't make, as nobody asked for them at its beginning.
    private func unobserved(by observations: TLSParameters.Observations) -> String? {
        if tls.trace, !observations.contains(.messages) { return "--trace" }
        return tls.keylog != nil && !observations.contains(.keyLog) ? "--keylog" : nil
    }

    private func openOrTell(_ console: Console) throws -> StepJournal {
        do {
            return try open(console)
        } catch let divergence as Divergence {
            console.fail("\(path), line \(divergence.line): \(divergence.headline); nothing was done")
            throw ExitCode(ExitReason.diverged.rawValue)
        }
    }

    private func open(_ console: Console) throws -> StepJournal {
        if let client {
            let configuration = try clientOptions.configuration(
                for: client,
                as: identity.identities().first,
                parameters: tls.parameters()
            )
            return try StepJournal(creating: path, .client(configuration), place: client)
        }
        guard server else { return try resume() }
        let configuration = try serverOptions.configuration(
            as: identity.identities(),
            parameters: tls.parameters(),
            console: console
        )
        return try StepJournal(creating: path, .server(configuration), place: nil)
    }

    private func resume() throws -> StepJournal {
        do {
            return try StepJournal(continuing: path)
        } catch let error as TransportError where error.code == .fileNotFound {
            throw UsageError("\(error); begin a connection with --client NAME or --server")
        }
    }

    /// Does what was asked for, in the order in which a connection would. Returns what wasn't taken.
    private func go(
        _ step: inout Step,
        _ ciphertext: [UInt8],
        _ plaintext: [UInt8]
    ) -> (ciphertext: Int, plaintext: Int) {
        step.collect()
        let untaken = step.feed(ciphertext)
        if eof { step.feedEOF() }
        let unsent = step.write(plaintext)
        if close, step.failure == nil { step.close() }
        step.collect()
        return (untaken, unsent)
    }

    /// Takes what the engine has to tell. Sessions stay in the journal.
    private func observe(_ engine: inout TLSEngine, _ console: Console, _ keyLog: KeyLog?) throws(TransportError) {
        while let event = engine.nextEvent() {
            if tls.trace, let line = event.traceLine { console.show(line) }
            if case .keyLogLine(let line) = event { try keyLog?.append(line) }
        }
    }

    /// Hands over what the step gave, once the journal has it.
    private func deliver(_ step: borrowing Step, _ journal: SecretFile) throws {
        if let failure = journal.failure { throw failure }
        if let receive { try Files.openSecretLog(receive).writeAll(step.received) }
        try StandardStreams.writeAllOutput(step.answer)
    }

    private func report(_ step: borrowing Step, _ left: (ciphertext: Int, plaintext: Int), _ console: Console) throws {
        if case .failed(let error) = step.engine.state { throw error }
        if let failure = step.failure { throw failure }
        let status = step.engine.status
        console.note(status)
        if left.plaintext > 0 {
            throw UsageError(
                "\(left.plaintext) bytes of --send weren't sent, as the handshake isn't complete: send again"
            )
        }
        if left.ciphertext > 0, step.engine.isPeerClosed {
            console.note("\(left.ciphertext) bytes of the input lie behind the peer's close and weren't taken")
        } else if left.ciphertext > 0 {
            throw UsageError(
                "the last \(left.ciphertext) bytes of the input weren't taken: take what waits with --receive, then offer them"
            )
        }
    }

    /// What a step takes of ciphertext, and of plaintext: a journal, which has two digits for each byte, has room for
    /// both.
    private static let bytesMax = JournalLimits.journalBytesMax / 8
}

extension Journal {
    /// What the last step drained. Each step but the first begins by setting the clock.
    fileprivate var lastAnswer: [UInt8] {
        let start = entries.lastIndex { if case .setTime = $0.call.verb { true } else { false } }
        return entries[(start ?? 0)...].flatMap { entry -> [UInt8] in
            if case (.sent, let bytes)? = entry.call.ciphertext { bytes } else { [] }
        }
    }
}

extension TLSEngine {
    /// Where the connection stands, in one line.
    fileprivate var status: String {
        let waiting = readableByteCount > 0 ? "; \(readableByteCount) bytes or more wait to be received" : ""
        let suite = summary.map { " (\($0.version), \($0.cipherSuite))" } ?? ""
        switch state {
        case .handshaking: return "handshaking: wants \(wantedByteCount) more bytes of the peer"
        case .open: return "established\(suite)\(waiting)"
        case .closedByLocal: return "closed by this end\(suite)\(waiting)"
        case .closedByPeer: return "closed by the peer\(suite)\(waiting)"
        case .closed: return "closed by both ends\(suite)"
        case .failed(let error): return "failed: \(error)"
        }
    }
}
