internal import SluiceOpenSSL

/// The OpenSSL that engines run on.
public enum TLSLibrary {
    /// Its release in its own words: `OpenSSL 3.0.19 27 Jan 2026`. Engines with the same seed come to the same bytes on the
    /// same release.
    public static let version = libraryVersion
}
