import Foundation

/// The test PKI by name: files of `Fixtures/Certificates`, which `Scripts/make-certificates` makes.
///
/// `Fixtures/README.md` says what each file is. A name that isn't there is a mistake in the test and traps.
public enum Fixtures {
    /// Opens every encrypted file but `server-ecdsa.empty-passphrase.p12`.
    public static let passphrase = Array("sluice".utf8)

    /// A moment at which every certificate is valid that should be: 2025-01-01T00:00:00Z, in seconds since 1970.
    public static let now: Int64 = 1_735_689_600

    /// The whole of a file.
    public static func bytes(_ name: String) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path(name)) else {
            preconditionFailure("no fixture \(name): see Fixtures/README.md, or run Scripts/make-certificates")
        }
        return Array(data)
    }

    /// Where a file is, for tools that read it themselves.
    public static func path(_ name: String) -> String {
        directory + "/" + name
    }

    /// The folder of all certificates.
    public static let directory = Bundle.module.bundlePath + "/Certificates"

    /// The whole of a recording, by its path under `Fixtures`: `ClientHellos/….pcap`.
    static func resource(_ path: String) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: resourcePath(path)) else {
            preconditionFailure("no fixture \(path): see Fixtures/README.md")
        }
        return Array(data)
    }

    /// Where a recording is.
    static func resourcePath(_ path: String) -> String {
        Bundle.module.bundlePath + "/" + path
    }
}
