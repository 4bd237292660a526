/// Variables that the process was started with.
package enum EnvironmentVariable {
    /// The value of a variable; nil if it isn't set or empty.
    package static func value(of name: String) -> String? {
        SystemCalls.environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Takes a variable away, so that programs that are started don't inherit it.
    ///
    /// No other thread may look at variables meanwhile (setenv(3)): call it while the process starts.
    package static func remove(_ name: String) {
        SystemCalls.removeEnvironment(name)
    }
}
