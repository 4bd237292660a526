import Foundation
import Testing

@testable import SluicePOSIX

struct TransportErrorTests {
    @Test(arguments: [
        (ECONNREFUSED, TransportError.Code.connectionRefused), (ECONNRESET, .connectionReset),
        (EPIPE, .connectionReset),
        (ETIMEDOUT, .unreachable), (EMFILE, .descriptorsExhausted), (ENOENT, .fileNotFound),
        (EADDRINUSE, .addressInUse), (EACCES, .permissionDenied), (ENETUNREACH, .unreachable), (EIO, .failed),
    ])
    func `errno becomes a code`(number: Int32, code: TransportError.Code) {
        let error = TransportError(errno: number, "do it")
        #expect(error.code == code && error.number == number)
        #expect(error.description == "can't do it: \(String(cString: strerror(number)))")
    }

    @Test func `a failure without errno is its words`() {
        let error = TransportError(.deadlinePassed, "read in time")
        #expect(error.number == 0 && error.description == "can't read in time")
        #expect(error.fault == .transport)
    }

    @Test func `other words leave the rest`() {
        #expect(
            TransportError(errno: EIO, "read").of("read the file x").description.hasPrefix("can't read the file x: ")
        )
    }
}
