import Sluice
import SluiceReplay
import Testing

struct CaptureTimeTests {
    @Test(
        arguments: [
            (0, 0), (1, 0), (999_999_999, 0), (1_000_000_000, 1), (-1, -1), (-1_000_000_000, -1), (-1_000_000_001, -2),
            (.max, 9_223_372_036), (.min, -9_223_372_037),
        ] as [(Int64, Int64)]
    )
    func `a moment falls in a second`(nanoseconds: Int64, seconds: Int64) {
        let time = CaptureTime(nanosecondsSince1970: nanoseconds)
        #expect(time.unixTime == UnixTime(secondsSince1970: seconds))
    }

    @Test(arguments: [(7, 7_000_000_000), (-7, -7_000_000_000), (.max, .max), (.min, .min)] as [(Int64, Int64)])
    func `a second begins at a moment, or at the nearest that can be told`(seconds: Int64, nanoseconds: Int64) {
        #expect(CaptureTime(UnixTime(secondsSince1970: seconds)).nanosecondsSince1970 == nanoseconds)
    }

    @Test(
        arguments: [
            (.nanoseconds(1), 6), (.nanoseconds(-1), 4), (.zero, 5), (.seconds(Int64.max), .max),
            (.seconds(Int64.min), .min),
            (.seconds(2), 2_000_000_005), (.nanoseconds(Int64.max), .max), (.microseconds(-1), -995),
        ] as [(Duration, Int64)]
    )
    func `a duration leads from one moment to another`(duration: Duration, nanoseconds: Int64) {
        #expect(CaptureTime(nanosecondsSince1970: 5).advanced(by: duration).nanosecondsSince1970 == nanoseconds)
    }
}
