import Foundation

/// The socket on which a service tells systemd how it is (sd_notify(3)).
final class NoticeSocket: Sendable {
    let path: String
    private let descriptor: Int32

    init(at path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let (own, length) = (descriptor, socklen_t(MemoryLayout<sockaddr_un>.size))
        let isBound = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(own, $0, length) == 0 }
        }
        guard isBound else { throw ProgramFailure(description: "no socket at \(path)") }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Waits for the next notice. Returns whether it has this line, statuses aside.
    func wait(for line: String) throws -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { throw ProgramFailure(description: "no \(line) within 20 seconds") }
        return String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n").contains { $0 == line }
    }
}
