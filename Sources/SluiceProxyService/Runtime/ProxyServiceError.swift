/// Why the service can't run, or can't go on as a new configuration says.
public struct ProxyServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with what.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
