import Foundation

/// Starts a server that can't be told to choose a port itself: with one that was free a moment ago, again if it was
/// taken meanwhile.
///
/// - Parameter start: Starts the server on a port and waits until it listens; throws if it can't.
/// - Returns: The server.
/// - Throws: What `start` threw last.
func onFreePort<Server>(_ start: (Int) throws -> Server) throws -> Server {
    for _ in 0..<4 {
        if let server = try? start(freePort()) { return server }
    }
    return try start(freePort())
}

/// A port of 127.0.0.1 that nobody has.
private func freePort() throws -> Int {
    let descriptor = socket(AF_INET, streamKind, 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
        }
    }
    guard result else { throw ProgramFailure(description: "no free port: \(String(cString: strerror(errno)))") }
    return Int(UInt16(bigEndian: address.sin_port))
}

#if canImport(Glibc)
    private let streamKind = Int32(SOCK_STREAM.rawValue)
#else
    private let streamKind = SOCK_STREAM
#endif
