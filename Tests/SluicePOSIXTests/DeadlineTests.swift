import SluicePOSIX
import Testing

struct DeadlineTests {
    @Test func `never never passes`() {
        #expect(!Deadline.never.isPassed && Deadline.never.remaining == nil)
        #expect(Deadline.after(nil) == .never)
    }

    @Test func `no time is over at once, and what remains isn't negative`() {
        #expect(Deadline.after(.zero).isPassed)
        #expect(Deadline.after(.seconds(-5)).remaining == .zero)
    }

    @Test func `time remains until then`() throws {
        let remaining = try #require(Deadline.after(.seconds(100)).remaining)
        #expect(remaining > .seconds(90) && remaining <= .seconds(100))
    }

    @Test func `the earlier one is chosen`() {
        let (soon, late) = (Deadline.after(.seconds(1)), Deadline.after(.seconds(2)))
        #expect(Deadline.earlier(soon, late) == soon && Deadline.earlier(late, soon) == soon)
        #expect(Deadline.earlier(.never, late) == late && Deadline.earlier(late, .never) == late)
    }
}
