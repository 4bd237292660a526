/// The peer's bytes as text for an error: cut, and without control characters, which a terminal would obey and which
/// would make more lines of a log.
func quoted(_ bytes: some Collection<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(PreambleLimits.quotedBytesMax), as: UTF8.self)
    let printable = text.unicodeScalars.reduce(into: "") { printable, scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            printable += "\\u{\(String(scalar.value, radix: 16))}"
        default: printable.unicodeScalars.append(scalar)
        }
    }
    return bytes.count > PreambleLimits.quotedBytesMax ? printable + "…" : printable
}
