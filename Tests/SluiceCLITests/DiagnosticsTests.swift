import Foundation
import Testing

@testable import SluiceCLI

struct PrintableTests {
    @Test func `control characters are shown, not obeyed`() {
        #expect("a\u{1b}[2J\nb\u{202e}c é".printable == "a\\u{1b}[2J\\u{a}b\\u{202e}c é")
    }
}
