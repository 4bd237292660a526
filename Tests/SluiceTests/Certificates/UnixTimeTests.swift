import Foundation
import Sluice
import Testing

struct UnixTimeTests {
    @Test(
        arguments: [
            0, -1, 1, 86_399, 86_400, 951_782_400, 951_868_800, 946_684_799, 1_735_689_600, 4_107_542_399,
            253_402_300_799, -2_208_988_800,
        ] as [Int64]
    )
    func `moments are written as Foundation writes them`(seconds: Int64) {
        let expected = Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
        #expect(UnixTime(secondsSince1970: seconds).description == expected)
    }

    @Test(arguments: [Int64.min, .max])
    func `the ends of time have a text`(seconds: Int64) {
        #expect(UnixTime(secondsSince1970: seconds).description.hasSuffix("Z"))
    }
}
