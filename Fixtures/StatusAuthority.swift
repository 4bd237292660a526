import Foundation

/// An authority made on the spot by the `openssl` command, two leaves of it, and what it says of them: OCSP responses are
/// about today, so none can lie among the fixtures. Its files are gone with it.
public final class StatusAuthority: Sendable {
    private let directory: URL

    /// A leaf, for `server.test` and `localhost`.
    public enum Leaf: String, CaseIterable, Sendable {
        /// ECDSA P-256, number 1000.
        case ecdsa
        /// RSA 2048, number 1001.
        case rsa
    }

    /// What it says of a leaf.
    public enum Status: Sendable {
        case good, revoked
    }

    /// Whether `openssl` is there.
    public static let canBeMade = (try? run("/usr/bin/env", ["openssl", "version"], in: nil)) != nil

    /// Makes everything. It takes a second.
    public init() throws {
        let name = "sluice-authority-\(UUID().uuidString)"
        directory = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try run("/bin/sh", ["-euc", script])
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Where the root is, the only certificate that a client needs.
    public var rootPath: String { path("root/certificate.pem") }

    /// Where a leaf's chain is: the leaf and its issuer.
    public func chainPath(_ leaf: Leaf) -> String { path("\(leaf).pem") }

    /// Where a leaf's key is.
    public func keyPath(_ leaf: Leaf) -> String { path("\(leaf)/key.pem") }

    /// The contents of a file.
    public func bytes(at path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Makes a response, current from now for a week: DER, signed by the leaf's issuer.
    ///
    /// - Parameters:
    ///   - leaf: What it is about.
    ///   - status: What it says. What was revoked stays so.
    /// - Returns: Where it is.
    /// - Throws: What `openssl` said.
    public func responsePath(_ leaf: Leaf, _ status: Status = .good) throws -> String {
        if status == .revoked {
            try run("/bin/sh", ["-euc", "authority=issuer openssl ca -config ca.cnf -revoke \(leaf)/certificate.pem"])
        }
        let response = path("\(leaf)-\(UUID().uuidString).ocsp")
        let signer = ["-rsigner", "issuer/certificate.pem", "-rkey", "issuer/key.pem", "-CA", "issuer/certificate.pem"]
        let question = ["-issuer", "issuer/certificate.pem", "-cert", "\(leaf)/certificate.pem", "-no_nonce"]
        let form = ["-ndays", "7", "-resp_no_certs", "-noverify", "-respout", response]
        try run("/usr/bin/env", ["openssl", "ocsp", "-index", "issuer/index"] + signer + question + form)
        return response
    }

    private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    private func run(_ program: String, _ arguments: [String]) throws {
        try Self.run(program, arguments, in: directory)
    }

    private static func run(_ program: String, _ arguments: [String], in directory: URL?) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let words = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: String(decoding: words, as: UTF8.self)) }
    }

    /// What `openssl` said.
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}

/// A root, an issuer under it, and the leaves under that.
private let script = #"""
    cat > ca.cnf <<'END'
    [ca]
    default_ca = authority
    [authority]
    dir = $ENV::authority
    certificate = $dir/certificate.pem
    private_key = $dir/key.pem
    database = $dir/index
    serial = $dir/serial
    new_certs_dir = $dir
    default_md = sha256
    policy = policy
    [policy]
    commonName = supplied
    [request]
    distinguished_name = name
    prompt = no
    [name]
    CN = unused
    END
    issue() {  # issue NAME KEY-OPTIONS ISSUER EXTENSIONS [OPTION]
        mkdir "$1"
        : > "$1/index"
        echo 1000 > "$1/serial"
        openssl genpkey -quiet $2 -out "$1/key.pem"
        printf "$4" > "$1/extensions"
        export authority="$3"
        openssl req -new -key "$1/key.pem" -subj "/CN=$1" -config ca.cnf -section request -out "$1/request.pem"
        openssl ca -batch -config ca.cnf ${5-} -notext -in "$1/request.pem" -extfile "$1/extensions" \
            -startdate 20000101000000Z -enddate 21991231235959Z -out "$1/certificate.pem"
    }
    p256='-algorithm EC -pkeyopt ec_paramgen_curve:P-256'
    ca='basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign,digitalSignature\n'
    leaf='basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:server.test,DNS:localhost\n'
    issue root "$p256" root "$ca" -selfsign
    issue issuer "$p256" root "$ca"
    issue ecdsa "$p256" issuer "$leaf"
    issue rsa '-algorithm RSA' issuer "$leaf"
    for name in ecdsa rsa; do cat $name/certificate.pem issuer/certificate.pem > $name.pem; done
    """#
