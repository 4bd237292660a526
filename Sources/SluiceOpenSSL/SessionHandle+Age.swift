internal import COpenSSL

extension SessionHandle {
    /// A session that libssl takes for new, and that tells its server the age it is given here.
    ///
    /// A TLS 1.3 client tells a ticket's age in milliseconds, plus a number that came with the ticket, modulo 2³² (RFC
    /// 8446 §4.2.11.1). libssl computes the age from the wall clock. A session that is new by that clock has the age 0, and
    /// so the age that is meant can be put into the number, which only the DER form of a session lets one change. As libssl
    /// does, one second less is told, so that the server never sees an age above its own.
    func aged(bySeconds age: Int64) -> SessionHandle? {
        let told = UInt32(truncatingIfNeeded: max(0, age - 1)) &* 1000
        guard let der = SessionFields(der)?.addingToTicketAge(told).der,
            let session = try? SessionHandle(der: der)
        else { return nil }
        unsafe _ = SSL_SESSION_set_time(session.pointer, Int(systemTime()))
        return session
    }
}

/// The fields of an `SSL_SESSION` in DER: a SEQUENCE, of which some fields have explicit context tags in rising order.
///
/// The form is older than this century and only ever grew at its end; `ssl/ssl_asn1.c` has it.
private struct SessionFields {
    /// Each field with its tag and length.
    private var fields: [[UInt8]] = []

    init?(_ der: [UInt8]) {
        guard let (tag, content) = Self.element(in: der[...]), tag == sequenceTag else { return nil }
        var rest = content
        while !rest.isEmpty {
            guard let (_, content) = Self.element(in: rest) else { return nil }
            fields.append(Array(rest[rest.startIndex..<content.endIndex]))
            rest = rest[content.endIndex...]
        }
    }

    var der: [UInt8] {
        Self.encoded(tag: sequenceTag, fields.flatMap { $0 })
    }

    /// Field [14], an INTEGER that stands for 0 where it is missing.
    func addingToTicketAge(_ addend: UInt32) -> SessionFields {
        var changed = self
        let index = fields.firstIndex { ($0.first ?? 0) >= ticketAgeTag } ?? fields.endIndex
        var number: UInt32 = 0
        if index < fields.endIndex, fields[index].first == ticketAgeTag {
            number = Self.number(in: changed.fields.remove(at: index))
        }
        let sum = number &+ addend
        guard sum != 0 else { return changed }
        let bytes = [0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
        // The shortest form that doesn't begin with a bit that would mean a negative number.
        let shortest = bytes.indices.dropLast().first { bytes[$0] != 0 || bytes[$0 + 1] >= 0x80 } ?? bytes.endIndex - 1
        let integer = Self.encoded(tag: UInt8(V_ASN1_INTEGER), Array(bytes[shortest...]))
        changed.fields.insert(Self.encoded(tag: ticketAgeTag, integer), at: index)
        return changed
    }

    private static func number(in field: [UInt8]) -> UInt32 {
        guard let (_, integer) = element(in: field[...]), let (_, digits) = element(in: integer) else { return 0 }
        return digits.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The tag and the content of the first element.
    private static func element(in bytes: ArraySlice<UInt8>) -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        guard bytes.count >= 2 else { return nil }
        var start = bytes.startIndex + 2
        var count = Int(bytes[start - 1])
        if count >= 0x80 {
            let digits = bytes[start...].prefix(count & 0x7F)
            guard digits.count == count & 0x7F, (1...3).contains(digits.count) else { return nil }
            count = digits.reduce(0) { $0 << 8 | Int($1) }
            start = digits.endIndex
        }
        guard count <= bytes.endIndex - start else { return nil }
        return (bytes[bytes.startIndex], bytes[start..<(start + count)])
    }

    private static func encoded(tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = [16, 8, 0].map { UInt8(truncatingIfNeeded: content.count >> $0) }.drop { $0 == 0 }
        let isShort = content.count < 0x80
        return [tag] + (isShort ? [UInt8(content.count)] : [0x80 | UInt8(length.count)] + length) + content
    }
}

private let sequenceTag: UInt8 = 0x30

/// [14] EXPLICIT: `tlsext_tick_age_add`.
private let ticketAgeTag: UInt8 = 0xAE
