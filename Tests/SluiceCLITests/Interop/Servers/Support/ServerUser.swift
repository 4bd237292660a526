import Foundation

/// Who the servers run as: `nobody` if the tests run as root, which some servers refuse to be, else whoever runs them.
struct ServerUser: Sendable {
    let name: String
    let group: String
    let id: uid_t
    let groupID: gid_t

    static let current = geteuid() == 0 ? ServerUser(getpwnam("nobody")) : ServerUser(getpwuid(geteuid()))

    /// A user by the system's entry, with the group that it has by default.
    private init(_ entry: UnsafeMutablePointer<passwd>?) {
        name = entry.map { String(cString: $0.pointee.pw_name) } ?? ""
        id = entry?.pointee.pw_uid ?? uid_t.max
        groupID = entry?.pointee.pw_gid ?? gid_t.max
        group = getgrgid(groupID).map { String(cString: $0.pointee.gr_name) } ?? ""
    }

    private var isAnother: Bool { id != geteuid() }

    /// Starts a program as this user, as the first of a session and process group of its own.
    func start(_ software: Software, _ arguments: [String]) throws -> Program {
        let ids = ["--reuid=\(id)", "--regid=\(groupID)", "--clear-groups"]
        let change = isAnother ? [Software.setpriv.path ?? "setpriv"] + ids : []
        return try Software.setsid.start(change + [software.path ?? software.executable] + arguments)
    }

    /// Gives a file or a folder to this user.
    func own(_ path: String) throws {
        guard !isAnother || chown(path, id, groupID) == 0 else {
            throw ProgramFailure(description: "can't give \(path) to \(name): \(String(cString: strerror(errno)))")
        }
    }
}
