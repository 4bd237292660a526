import Foundation
import SluiceReplay

/// A capture as Wireshark's tools show it.
final class ShownCapture {
    /// What a packet must not be, in Wireshark's language of filters.
    static let faults = """
        _ws.malformed || tcp.analysis.flags || tcp.checksum.status == "Bad" || ip.checksum.status == "Bad" \
        || _ws.expert.severity >= 6291456
        """

    private let folder: URL
    private var path: String { folder.appending(path: "capture.pcapng").path }

    /// Writes a file that goes with this object.
    init(_ pcapng: [UInt8]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try Data(pcapng).write(to: URL(filePath: path))
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Some fields of each packet that passes a filter, as lines, all checksums checked.
    func fields(_ names: [String], where filter: String) throws -> [String] {
        let checks = ["tcp.check_checksum:TRUE", "ip.check_checksum:TRUE"].flatMap { ["-o", $0] }
        let shown = names.flatMap { ["-e", $0] }
        let text = try Tool.tshark.run(["-r", path, "-Y", filter, "-T", "fields"] + shown + checks)
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// All that was sent in the clear: both directions as they alternate.
    func plaintext() throws -> [UInt8] {
        let text = try Tool.tshark.run(["-r", path, "-q", "-z", "follow,tls,raw,0"])
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix("\t") }
        return try lines.filter { $0.wholeMatch(of: /[0-9a-f]+/) != nil }.flatMap { try Hex.bytes(of: String($0)) }
    }

    /// What `capinfos` says of the file.
    func facts() throws -> String {
        try Tool.capinfos.run([path])
    }
}
