/// Variables that a command line honours.
package enum EnvironmentVariable {
    /// The value of a variable; nil if it isn't set or empty.
    package static func value(of name: String) -> String? {
        SystemCalls.environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }
}
