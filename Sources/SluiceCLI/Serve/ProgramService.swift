import Sluice
import SluicePOSIX

/// A program for one connection: it reads what the client says, and the client reads what it prints.
///
/// Its end is the connection's. That is the end of the process, not of its output: `cat > file` has no output to begin
/// with.
final class ProgramService: Service {
    private var program: ChildProcess
    private let command: String
    private var status: ChildProcess.ExitStatus?
    /// Whether it reads no more, or was told that nothing will come.
    private var isInputClosed = false
    private var isOutputEnded = false
    private var isAbandoned = false
    private(set) var deadline = Deadline.never

    /// Starts a command line.
    init(_ command: String, for connection: ConnectionFacts) throws(TransportError) {
        self.command = command
        program = try ChildProcess(shell: command, environment: connection.environment)
    }

    func take(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Int {
        // A program needn't read everything: `head` has seen enough.
        guard !isInputClosed else { return bytes.count }
        do throws(TransportError) {
            guard case .moved(let count) = try program.write(bytes) else { return 0 }
            return count
        } catch {
            guard error.code == .connectionReset else { throw error }
            takeEnd()
            return bytes.count
        }
    }

    func takeEnd() {
        guard !isInputClosed else { return }
        isInputClosed = true
        program.finishSending()
    }

    func give() throws(TransportError) -> Offer {
        // Asked before the output is read, so that the last of it isn't missed.
        status = program.exitStatus()
        if !isOutputEnded {
            let (result, bytes) = try program.read(atMost: TLSLimits.recordPlaintextBytesMax)
            if !bytes.isEmpty { return .bytes(bytes) }
            isOutputEnded = result == .ended
        }
        guard let status else { return .nothingYet }
        if isCutShort(by: status) { throw TransportError(.failed, "go on: \(words(for: status))") }
        return .end
    }

    /// Whether there was no such program, or it was killed. The shell says 126 and 127, and 128 and the signal.
    private func isCutShort(by status: ChildProcess.ExitStatus) -> Bool {
        switch status {
        case .exited(let code): code > 125
        case .signalled, .unknown: true
        }
    }

    var endWords: String? {
        guard let status, status != .exited(0) else { return nil }
        return words(for: status)
    }

    private func words(for status: ChildProcess.ExitStatus) -> String {
        "the command \"\(command)\" ended with \(status)"
    }

    func addInterests(_ interests: Readiness, to poll: inout Poll) {
        var interests = interests
        if isOutputEnded { interests.remove(.readable) }
        if isInputClosed { interests.remove(.writable) }
        program.addInterests(interests, to: &poll)
    }

    func abandon() {
        program.finishSending()
        program.askToEnd()
        isAbandoned = true
        deadline = .after(ServeLimits.programEndTime)
    }

    /// What a program that ended by itself has left behind was meant to stay.
    func isGone() -> Bool {
        isAbandoned ? program.isGone() : program.exitStatus() != nil
    }

    func expire() {
        program.kill()
        isAbandoned = false
        deadline = .never
    }
}

extension ConnectionFacts {
    /// What a program is told: each of these variables, or that there is none, whatever this process was told itself.
    ///
    /// A client chooses some of the values. They have no control characters and one line each.
    fileprivate var environment: [String: String?] {
        let certificate = summary.peerCertificates.first
        let values: [String: String?] = [
            "SLUICE_CLIENT": client.address,
            "SLUICE_VERSION": "\(summary.version)",
            "SLUICE_CIPHER_SUITE": "\(summary.cipherSuite)",
            "SLUICE_GROUP": summary.group.map { "\($0)" },
            "SLUICE_SERVER_NAME": summary.serverName,
            "SLUICE_ALPN": summary.applicationProtocol.map { "\($0)" },
            "SLUICE_CLIENT_SUBJECT": certificate.map { "\($0)" },
            "SLUICE_CLIENT_FINGERPRINT": certificate?.fingerprint,
        ]
        return values.mapValues { $0?.printable }.merging(SecretVariables.withheld) { _, withheld in withheld }
    }
}
