/// The bounds of the service, each with its reason.
public enum ServiceLimits {
    /// The most bytes of one configuration file. A thousand routes take a tenth of it.
    public static let configurationBytesMax = 4 * 1024 * 1024
}
