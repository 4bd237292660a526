import Sluice

/// The records of a ClientHello to `server.test`, in one record.
let helloRecords: [UInt8] = {
    var engine = try? TLSEngine(.client(to: "server.test"))
    return engine?.drain() ?? []
}()

/// The same handshake message in records of `count` bytes at most.
func helloRecords(ofBytes count: Int) -> [UInt8] {
    let message = helloRecords.dropFirst(5)
    return stride(from: message.startIndex, to: message.endIndex, by: count).flatMap { start in
        let fragment = message[start..<min(start + count, message.endIndex)]
        return [0x16, 3, 1] + Frame.bytes(UInt16(fragment.count), .big) + fragment
    }
}
