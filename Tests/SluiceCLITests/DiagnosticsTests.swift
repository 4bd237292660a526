import Foundation
import Testing

@testable import SluiceCLI

struct PrintableTests {
    @Test func `control characters are shown, not obeyed`() {
        #expect("a\u{1b}[2J\nb\u{202e}c é".printable == "a\\u{1b}[2J\\u{a}b\\u{202e}c é")
    }
}

struct UTCTextTests {
    @Test(
        arguments: [
            0, -1, 1, 86_399, 86_400, 951_782_400, 951_868_800, 946_684_799, 1_735_689_600, 4_107_542_399,
            253_402_300_799, -2_208_988_800,
        ] as [Int64]
    )
    func `moments are written as Foundation writes them`(seconds: Int64) {
        #expect(utcText(seconds) == Date(timeIntervalSince1970: Double(seconds)).ISO8601Format())
    }
}
