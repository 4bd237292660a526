import ArgumentParser
import SluicePOSIX

/// Where people are told: standard error, one line each, so that standard output is the peer's alone.
struct Console {
    /// Whether only failures are told.
    let isQuiet: Bool

    /// Something good to know.
    func note(_ line: @autoclosure () -> String) {
        if !isQuiet { fail(line()) }
    }

    /// Something that went wrong, which is told to the quiet, too.
    func fail(_ line: String) {
        StandardStreams.printError("sluice: \(line.printable)\n")
    }

    /// Text that was asked for, and so is told to the quiet, too.
    func show(_ text: String) {
        StandardStreams.printError(text + "\n")
    }

    /// Runs a command's body; what it throws is told in one line and becomes the exit code.
    static func reporting(_ body: () throws -> Void) throws {
        StandardStreams.prepare()
        do { try body() } catch { throw exitCode(telling: error) }
    }

    /// The same for a body that works on several processors.
    static func reporting(_ body: () async throws -> Void) async throws {
        StandardStreams.prepare()
        do { try await body() } catch { throw exitCode(telling: error) }
    }

    private static func exitCode(telling error: any Error) -> ExitCode {
        if let code = error as? ExitCode { return code }
        // Whoever pipes a report into `head` knows that there was more.
        if let error = error as? TransportError, error.code == .outputUnread {
            return ExitCode(ExitReason.transportFailed.rawValue)
        }
        Console(isQuiet: false).fail(explanation(of: error))
        return ExitCode(ExitReason(error).rawValue)
    }
}
