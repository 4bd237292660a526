import Foundation
import SluiceProxyService
import Testing

struct LogFormatTests {
    /// 2026-01-31T23:59:59.007Z.
    private static let time = Duration.seconds(1_769_903_999) + .milliseconds(7)

    /// Texts that a peer would send to make a log say what isn't so.
    private static let hostile = [
        "a\nb", "a\r\nb", "\u{1b}[2Jx", "a\u{0}b", "\" level=error \"", "\\", "\\\"", "tab\tend", "\u{202e}txt.exe",
        "\u{2028}x\u{2029}", "\u{85}x", "\u{7f}", "a=b c=d", "", " ", "ü\u{301}", "\u{e0041}", "😀", "'`", "\u{200b}",
    ]

    private func line(_ format: LogFormat, _ message: String = "hello", _ fields: [LogField] = []) -> String {
        let record = LogRecord(time: Self.time, level: "info", message: message, fields: fields)
        return String(decoding: format.line(of: record), as: UTF8.self)
    }

    private func object(_ line: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test func `text begins with the time, the level and the message`() {
        let fields = [LogField("route", .text("web")), LogField("bytes", .bare("42")), LogField("sni", .text("a b"))]
        let expected = "2026-01-31T23:59:59.007Z info hello route=web bytes=42 sni=\"a b\"\n"
        #expect(line(.text, "hello", fields) == expected)
    }

    @Test func `JSON has the fields in their order, and numbers bare`() {
        let fields = [LogField("route", .text("web")), LogField("bytes", .bare("42"))]
        let expected =
            #"{"time":"2026-01-31T23:59:59.007Z","level":"info","message":"hello","route":"web","bytes":42}"# + "\n"
        #expect(line(.json, "hello", fields) == expected)
    }

    @Test(arguments: hostile, LogFormat.allCases)
    func `nothing in a text ends the line or steers a terminal`(text: String, format: LogFormat) {
        let line = line(format, text, [LogField("sni", .text(text)), LogField(text, .text("x"))])
        #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(line.hasSuffix("\n"))
        let isClean = line.dropLast().unicodeScalars.allSatisfy {
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
        #expect(isClean)
    }

    @Test(arguments: hostile)
    func `JSON gives back what it was given`(text: String) throws {
        let object = try object(line(.json, text, [LogField("sni", .text(text))]))
        #expect(object["message"] as? String == text)
        #expect(object["sni"] as? String == text)
    }

    @Test func `a value can't pass for another field`() {
        let fields = [LogField("sni", .text("x level=error")), LogField("peer", .text("\"=\\"))]
        #expect(line(.text, "m", fields).hasSuffix(#" sni="x level=error" peer="\"=\\""# + "\n"))
    }

    @Test(arguments: ["time", "level", "message", "cut"])
    func `a field doesn't hide what each line has`(key: String) throws {
        let object = try object(line(.json, "m", [LogField(key, .text("forged"))]))
        #expect(object[key] as? String != "forged")
        #expect(object[key + "_"] as? String == "forged")
    }

    @Test(arguments: LogFormat.allCases)
    func `a line is never longer than a pipe takes whole`(format: LogFormat) throws {
        let long = String(repeating: "\u{1}é\"", count: 5000)
        let fields = (0..<200).map { LogField(long + "\($0)", .text(long)) } + [LogField("last", .bare(long))]
        let line = line(format, long, fields)
        #expect(line.utf8.count <= OperationsLimits.logLineBytesMax)
        #expect(line.contains(format == .json ? "\"cut\":true}" : " cut=true\n"))
        if format == .json { #expect(try object(line)["cut"] as? Bool == true) }
    }

    @Test func `what comes after a field that has no room is told if it has`() {
        let long = LogField("long", .text(String(repeating: "x", count: 1024)))
        let line = line(.text, "m", [long, long, long, long, LogField("end", .text("clean"))])
        #expect(line.hasSuffix(" end=clean cut=true\n"))
    }
}
