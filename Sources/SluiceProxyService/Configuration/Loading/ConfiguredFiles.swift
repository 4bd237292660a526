internal import Sluice
internal import SluicePOSIX

/// Reads the files that a configuration names; what is wrong is noted with the place that names the file.
final class ConfiguredFiles {
    /// Who names them.
    let document: ConfigurationDocument

    /// When certificates must be valid.
    let now: UnixTime

    /// What must be put right.
    private(set) var problems: [ConfigurationProblem] = []
    /// What works, for now.
    private(set) var warnings: [ConfigurationProblem] = []
    /// Every file and directory that was looked at.
    private(set) var paths: Set<String> = []

    /// Reads files for a document.
    init(of document: ConfigurationDocument, at now: UnixTime) {
        self.document = document
        self.now = now
    }

    /// Notes a problem with what is under a key.
    func refuse(_ code: ConfigurationProblem.Code, _ key: String, _ words: String) {
        problems.append(document.problem(code, key, words))
    }

    /// Notes a warning about what is under a key.
    func warn(_ code: ConfigurationProblem.Code, _ key: String, _ words: String) {
        warnings.append(document.problem(code, key, words))
    }

    /// What is in a file; nil if that was noted as a problem.
    func read(_ path: String, _ key: String) -> [UInt8]? {
        paths.insert(path)
        do throws(TransportError) {
            return try Files.read(path)
        } catch {
            refuse(.unreadableFile, key, "\(error)")
            return nil
        }
    }

    /// What is in a file that others have no business with.
    func readSecret(_ path: String, _ key: String) -> [UInt8]? {
        if let permissions = Files.permissions(of: path), permissions & 0o037 != 0 {
            let digits = String(permissions & 0o777, radix: 8)
            let who = permissions & 0o007 == 0 ? "its group can write" : "everybody can use"
            warn(.exposedSecret, key, "\(path) is a secret that \(who) (mode \(digits)): chmod 600 it")
        }
        return read(path, key)
    }

    /// Runs a step that makes something of a file; what it throws is noted.
    func parse<Value>(_ path: String, _ key: String, _ body: () throws(TLSError) -> Value) -> Value? {
        do throws(TLSError) {
            return try body()
        } catch {
            let remedy = error.code == .wrongPassphrase ? ": name its file with passphrase_file" : ""
            refuse(.unusableFile, key, "\(path): \(error.briefly)\(remedy)")
            return nil
        }
    }

    /// Notes a file or directory that others read.
    func watch(_ path: String) {
        paths.insert(path)
    }
}

extension TLSError {
    /// What is wrong, and OpenSSL's last word on it.
    var briefly: String {
        openSSLWords.last.map { "\(words) {\($0)}" } ?? words
    }
}
