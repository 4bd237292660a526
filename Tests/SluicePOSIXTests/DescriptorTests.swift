import Foundation
import SluicePOSIX
import Testing

struct DescriptorTests {
    @Test func `a descriptor is closed when its owner lets it go`() throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[1]) }
        func own() throws {
            let owner = try Descriptor(owning: ends[0])
            #expect(isOpen(owner.number))
        }
        try own()
        // The number may be another test's by now; the other end knows for sure.
        signal(SIGPIPE, SIG_IGN)
        #expect(write(ends[1], "x", 1) == -1 && errno == EPIPE)
    }

    @Test func `a number that isn't open is refused`() {
        #expect(throws: TransportError.self) { _ = try Descriptor(owning: 1_000_000).number }
    }

    @Test func `what is written is read, and then there is nothing`() throws {
        let pair = try ConnectedDescriptors.sockets()
        #expect(try pair.near.write([1, 2, 3][...]) == .moved(3))
        let (result, bytes) = try pair.far.read(atMost: 10)
        #expect(result == .moved(3) && bytes == [1, 2, 3])
        #expect(try pair.far.read(atMost: 10).0 == .blocked)
    }

    @Test func `a full descriptor takes a part, then none`() throws {
        let pair = try ConnectedDescriptors.sockets()
        let bytes = pattern(1_000_000)
        var sent = 0
        while case .moved(let count) = try pair.near.write(bytes[sent...]) { sent += count }
        #expect(sent > 0 && sent < bytes.count)
        let (result, _) = try pair.far.read(atMost: 1000)
        #expect(result == .moved(1000))
    }

    @Test func `the end is told apart from nothing`() throws {
        let pair = try ConnectedDescriptors.sockets()
        pair.near.finishSending()
        #expect(try pair.far.read(atMost: 10).0 == .ended)
        #expect(try pair.far.write([1][...]) == .moved(1))
    }

    @Test func `a peer that is gone is an error and no signal`() throws {
        // SIGPIPE as a program finds it: it would end this process.
        signal(SIGPIPE, SIG_DFL)
        defer { signal(SIGPIPE, SIG_IGN) }
        let pair = try ConnectedDescriptors.sockets()
        let near = pair.near
        drop(pair.far)
        let error = #expect(throws: TransportError.self) { _ = try near.write([1][...]) }
        #expect(error?.code == .connectionReset)
    }

    private func drop(_ descriptor: consuming Descriptor) {}
}
