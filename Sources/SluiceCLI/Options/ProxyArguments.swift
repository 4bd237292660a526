public import ArgumentParser
public import SluiceProxyService

// How values of the proxy's configuration are typed on a command line.

extension ListenAddress: ExpressibleByArgument {
    /// An address as in a configuration file.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension UpstreamAddress: ExpressibleByArgument {
    /// An address as in a configuration file.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension ProxyConfiguration.Mode: ExpressibleByArgument {
    /// A mode as in a configuration file, with a hyphen.
    public init?(argument: String) {
        guard let mode = Self.allCases.first(where: { $0.typed == argument }) else { return nil }
        self = mode
    }

    /// All of them.
    public static var allValueStrings: [String] { allCases.map(\.typed) }

    private var typed: String { rawValue.replacing("_", with: "-") }
}

extension ProxyConfiguration.HealthCheck.Kind: ExpressibleByArgument {}

extension ProxyConfiguration.Log.Format: ExpressibleByArgument {}
