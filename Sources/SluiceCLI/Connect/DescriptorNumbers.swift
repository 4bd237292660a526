import ArgumentParser
import SluicePOSIX

/// The descriptors of `--fd`, which whoever started `sluice` has opened.
struct DescriptorNumbers: Hashable, Sendable, CustomStringConvertible {
    /// What is read from.
    let input: Int32
    /// What is written to.
    let output: Int32

    /// Parses `3` or `3,4`; nil where that isn't meant. The standard descriptors have plaintext and words for people.
    init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int32($0) }.filter { $0 > 2 }
        guard let input = numbers.first, let output = numbers.last, numbers.count == parts.count, parts.count <= 2
        else {
            return nil
        }
        self.input = input
        self.output = output
    }

    /// The first that isn't open. Ask before anything else is opened, since that would get its number.
    var missing: Int32? {
        [input, output].first { !Descriptor.isOpen($0) }
    }

    /// Takes them over until the transport is let go.
    func makeTransport() throws(TransportError) -> DescriptorPair {
        let reader = try Descriptor(inherited: input)
        if output == input { return DescriptorPair(reader) }
        return DescriptorPair(input: reader, output: try Descriptor(inherited: output))
    }

    /// `descriptor 3`, `descriptors 3 and 4`
    var description: String {
        input == output ? "descriptor \(input)" : "descriptors \(input) and \(output)"
    }
}
