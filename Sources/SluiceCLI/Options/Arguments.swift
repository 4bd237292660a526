public import ArgumentParser
public import SluicePOSIX

// How values of the library are typed on a command line.

extension HostPort: ExpressibleByArgument {
    /// `HOST:PORT`.
    public init?(argument: String) {
        self.init(argument)
    }
}
