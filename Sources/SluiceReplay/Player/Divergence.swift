public import Sluice

/// The first call of a replay that came to something else than was recorded.
public struct Divergence: Error, Hashable, Sendable {
    /// The entry of the journal, from 0; nil where the engine can't be made.
    public let entryIndex: Int?

    /// Its line in the journal's file, from 1; 0 if it never was in one.
    public let line: Int

    /// What was called: `feed(517 bytes)`. No plaintext.
    public let call: String

    /// What differs.
    public let difference: Difference

    /// Where the first byte is that differs or wasn't taken, among all that went that way; nil where it isn't about bytes.
    public let place: StreamPlace?

    /// What had passed before the call, by the recording.
    public let passed: Passed

    /// How the engine's connection has failed by then, if it has. In bytes that were drained it is seen as an alert.
    public let engineFailure: TLSError?

    /// The OpenSSL that the journal was recorded with, if it isn't the one that runs: then nothing else could be expected.
    public let otherLibrary: String?

    /// What can differ.
    public enum Difference: Hashable, Sendable {
        /// The engine can't be made from what the journal begins with.
        case beginning(TLSError)
        /// The journal answers a question that the engine didn't ask.
        case question(answered: String, asked: String?)
        /// Bytes that were drained, read or left over.
        case bytes(ByteDifference)
        /// Anything else that was returned or thrown.
        case result(expected: Result<TLSCall.Outcome, TLSError>, got: Result<TLSCall.Outcome, TLSError>)
    }

    /// Bytes of ciphertext each way.
    public struct Passed: Hashable, Sendable {
        /// Bytes drained.
        public let sent: Int
        /// Bytes fed.
        public let received: Int
    }
}
