import Fixtures
import Foundation

extension RealServer {
    /// PostgreSQL with these settings, by default with TLS, and a user `postgres`, whom it lets in over TLS alone by a
    /// method of `pg_hba.conf`. A certificate's `client` may be that user.
    static func postgreSQL(_ settings: [String: String] = ["ssl": "on"], method: String = "trust") throws -> RealServer
    {
        let home = try ServerHome()
        let data = home.path("data")
        try ClusterTemplate.shared.get().copy(to: data)
        let access = try home.write("hostssl all all 127.0.0.1/32 \(method)\n", to: "access")
        let people = try home.write("people client postgres\n", to: "people")
        try home.write(Fixtures.root, to: "root.pem")
        let all = settings.merging([
            "ssl_cert_file": home.chain, "ssl_key_file": home.key, "ssl_ca_file": home.path("root.pem"),
            "hba_file": access, "ident_file": people, "fsync": "off", "unix_socket_directories": "",
            "dynamic_shared_memory_type": "mmap",
        ]) { $1 }
        return try RealServer(.postgres, in: home, afterEnd: removeSharedMemory) { port in
            ["-D", data, "-h", "127.0.0.1", "-p", "\(port)"] + all.flatMap { ["-c", "\($0)=\($1)"] }
        }
    }

    /// Removes what a killed PostgreSQL leaves behind: a segment of System V's shared memory, whose number is the last
    /// word of the seventh line of a file that a clean end removes.
    private static func removeSharedMemory(of home: ServerHome) {
        guard let text = try? home.text(of: "data/postmaster.pid") else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 6, let id = lines[6].split(separator: " ").last.flatMap({ Int32($0) }) else { return }
        shmctl(id, IPC_RMID, nil)
    }
}

/// A database cluster that is copied for each server: making one takes a second, copying it a tenth of that.
private struct ClusterTemplate {
    /// Made by the first test that needs it, gone when the process exits.
    static let shared: Result<ClusterTemplate, any Error> = Result {
        let template = try ClusterTemplate()
        atexit { try? ClusterTemplate.shared.get().remove() }
        return template
    }

    private let directory: TemporaryDirectory

    private init() throws {
        directory = try TemporaryDirectory()
        try ServerUser.current.own(directory.path(""))
        let options = ["-U", "postgres", "-A", "trust", "-N", "--locale=C", "-E", "UTF8", "--wal-segsize=1"]
        let making = try ServerUser.current.start(.initdb, ["-D", directory.path("data")] + options).finish()
        guard making.status == 0 else { throw ProgramFailure(description: "initdb: \(making.errors)") }
    }

    /// Copies it with its owner.
    func copy(to path: String) throws {
        let copying = try Program("cp", ["-a", directory.path("data"), path]).finish()
        guard copying.status == 0 else { throw ProgramFailure(description: "cp: \(copying.errors)") }
    }

    private func remove() throws {
        try FileManager.default.removeItem(atPath: directory.path(""))
    }
}
