import ArgumentParser

/// A time that the user gives in seconds, up to 30 days; 0 stands for no limit.
struct Seconds: ExpressibleByArgument, CustomStringConvertible {
    /// The time; nil for no limit.
    let duration: Duration?

    /// As it is typed.
    let description: String

    /// Parses a number that isn't negative.
    init?(argument: String) {
        guard let seconds = Double(argument), (0...2_592_000).contains(seconds) else { return nil }
        duration = seconds == 0 ? nil : .seconds(seconds)
        description = argument
    }

    /// Whole seconds for a default.
    init(_ seconds: Int) {
        duration = seconds == 0 ? nil : .seconds(seconds)
        description = String(seconds)
    }

    /// As it is typed, for the help.
    var defaultValueDescription: String { description }
}
