import Sluice

extension JSONText {
    /// An object of the fields that have a value. Fields that have none are left out.
    static func fields(_ fields: KeyValuePairs<String, JSONText?>) -> JSONText {
        .object(fields.compactMap { name, value in value.map { Field(name, $0) } })
    }

    /// Names, in their order.
    static func strings(_ strings: some Sequence<String>) -> JSONText {
        .array(strings.map { .string($0) })
    }
}

extension JSONValue {
    /// Strings in an array.
    var strings: [String] {
        get throws(JournalError) {
            var strings: [String] = []
            for element in try elements { strings.append(try element.string) }
            return strings
        }
    }

    /// Each element of an array as something else.
    func map<Element>(_ transform: (JSONValue) throws(JournalError) -> Element) throws(JournalError) -> [Element] {
        var list: [Element] = []
        for element in try elements { list.append(try transform(element)) }
        return list
    }

    /// A field as something else, or nil if the object doesn't have it.
    func optional<Value>(
        _ name: String,
        _ transform: (JSONValue) throws(JournalError) -> Value
    ) throws(JournalError) -> Value? {
        guard let value = try optionalField(name) else { return nil }
        return try transform(value)
    }

    /// The case that a string names.
    func choice<Value>(_ choices: KeyValuePairs<String, Value>) throws(JournalError) -> Value {
        let name = try string
        guard let choice = choices.first(where: { $0.key == name }) else {
            let names = choices.map { "\"\($0.key)\"" }.joined(separator: ", ")
            throw failure(.invalidValue, "one of \(names) can stand here")
        }
        return choice.value
    }

    /// A value that TLS or OpenSSL must accept.
    func parsing<Value>(_ words: String, _ parse: () throws(TLSError) -> Value?) throws(JournalError) -> Value {
        do throws(TLSError) {
            if let value = try parse() { return value }
        } catch {
            throw failure(.invalidValue, "\(words): \(error.words)")
        }
        throw failure(.invalidValue, words)
    }
}
