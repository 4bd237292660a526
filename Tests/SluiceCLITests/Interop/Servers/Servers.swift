import Testing

extension Interop {
    /// `sluice connect --starttls` to the servers that speak plaintext first, as their Debian packages have them.
    @Suite(.needs(.setsid)) enum Servers {}
}
