/// Bytes as hexadecimal digits, two for each byte, in lower case.
package enum Hex {
    /// The digits of some bytes, as ASCII.
    package static func digits(of bytes: some Collection<UInt8>) -> [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * bytes.count)
        append(bytes, to: &digits)
        return digits
    }

    /// The digits of some bytes, as text.
    package static func text(of bytes: some Collection<UInt8>) -> String {
        String(decoding: digits(of: bytes), as: UTF8.self)
    }

    /// Appends the digits of some bytes.
    package static func append(_ bytes: some Collection<UInt8>, to digits: inout [UInt8]) {
        for byte in bytes {
            digits.append(lowerCaseDigits[Int(byte >> 4)])
            digits.append(lowerCaseDigits[Int(byte & 15)])
        }
    }

    /// The bytes that a text stands for. Upper-case digits are read too.
    ///
    /// - Throws: `InvalidHex` where the first byte is that is no digit, or where the last digit's fellow is missing.
    package static func bytes(of text: String) throws(InvalidHex) -> [UInt8] {
        let digits = text.utf8Span.span
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for pair in 0..<digits.count / 2 {
            let high = digitValues[Int(digits[2 * pair])]
            let low = digitValues[Int(digits[2 * pair + 1])]
            guard high < 16 else { throw InvalidHex(offset: 2 * pair) }
            guard low < 16 else { throw InvalidHex(offset: 2 * pair + 1) }
            bytes.append(high << 4 | low)
        }
        guard digits.count.isMultiple(of: 2) else { throw InvalidHex(offset: digits.count) }
        return bytes
    }
}

/// A text that isn't hexadecimal.
package struct InvalidHex: Error, Hashable, Sendable {
    /// Of the byte that can't be right, from 0.
    package let offset: Int
}

/// The value of a hexadecimal digit.
func hexDigit(_ byte: UInt8) -> UInt8? {
    let value = digitValues[Int(byte)]
    return value < 16 ? value : nil
}

private let lowerCaseDigits = Array("0123456789abcdef".utf8)

/// For each byte the value of the digit that it is, or 255.
private let digitValues: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in "0123456789abcdef".utf8.enumerated() { values[Int(digit)] = UInt8(value) }
    for (value, digit) in "ABCDEF".utf8.enumerated() { values[Int(digit)] = UInt8(10 + value) }
    return values
}()
