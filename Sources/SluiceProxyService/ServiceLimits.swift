/// The bounds of the service, each with its reason.
public enum ServiceLimits {
    /// The most bytes of one configuration file. A thousand routes take a tenth of it.
    public static let configurationBytesMax = 4 * 1024 * 1024

    /// The most values in a configuration file. A route has about forty.
    public static let configurationValuesMax = 200_000

    /// The most levels in a configuration file. `routes[0].upstream.servers[0].address` is at the sixth.
    public static let configurationDepthMax = 32

    /// Certificates that expire within so many days are warned of. Those of ACME are renewed a month before.
    public static let expiryWarningDays = 14
}
