import Sluice
import SluicePOSIX

/// Reads what proves who this end is.
struct Credentials {
    /// What opens encrypted keys, if anything was given.
    let passphrase: Passphrase?

    /// The passphrase in a file's first line, or in `SLUICE_PASSPHRASE`.
    init(passphraseFile: String?) throws {
        if let passphraseFile {
            let text = try Files.read(passphraseFile, bytesMax: 64 * 1024)
            let line = text.prefix { $0 != UInt8(ascii: "\n") }
            passphrase = Passphrase(bytes: Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
        } else {
            passphrase = EnvironmentVariable.value(of: SecretVariables.passphrase).map { Passphrase($0) }
        }
    }

    /// The identity of a file with the chain and one with the key, or of one file with both: PEM, DER or PKCS#12.
    func identity(certificatePath: String, keyPath: String?) throws -> TLSIdentity {
        let certificate = try Files.read(certificatePath)
        let key = try keyPath.map { try Files.read($0) }
        do throws(TLSError) {
            if isPEM(certificate), isPEM(key ?? certificate) {
                return try TLSIdentity(pemChain: certificate, pemKey: key ?? certificate, passphrase: passphrase)
            }
            guard let key else { return try TLSIdentity(pkcs12: certificate, passphrase: passphrase) }
            let chain =
                isPEM(certificate)
                ? try Certificate.certificates(pem: certificate) : [try Certificate(der: certificate)]
            let privateKey =
                isPEM(key)
                ? try PrivateKey(pem: key, passphrase: passphrase) : try PrivateKey(der: key, passphrase: passphrase)
            return try TLSIdentity(certificateChain: chain, privateKey: privateKey)
        } catch {
            let files = keyPath.map { "\(certificatePath) and \($0)" } ?? certificatePath
            let remedy = error.code == .wrongPassphrase ? "; give the passphrase with --passphrase-file" : ""
            throw UsageError("no identity in \(files): \(error)\(remedy)")
        }
    }

    private func isPEM(_ bytes: [UInt8]) -> Bool {
        // DER begins with a SEQUENCE, 0x30, which is the digit 0 in text.
        bytes.first != 0x30
    }
}

/// The roots in files and directories.
func trustRoots(at paths: [String]) -> TrustRoots? {
    let roots = paths.map { Files.isDirectory($0) ? TrustRoots.directory($0) : .file($0) }
    return roots.dropFirst().reduce(roots.first) { $0?.adding($1) }
}
