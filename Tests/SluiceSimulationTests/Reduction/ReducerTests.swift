import SluiceSimulation
import Testing

/// Smaller and smaller, as long as it fails.
struct ReducerTests {
    private struct Subject: Equatable {
        var items = Array(0..<100)
        var size = 1_000_000
        var isNoisy = true
    }

    @Test func `what fails for two items of a hundred is reduced to those two`() {
        var reducer = Reducer(Subject(), attemptsMax: 1000) { $0.items.contains(17) && $0.items.contains(80) }
        reducer.shorten(\.items)
        #expect(reducer.subject.items == [17, 80])
        #expect(reducer.attemptCount < 100)
    }

    @Test func `what always fails is reduced to nothing`() {
        var reducer = Reducer(Subject(), attemptsMax: 1000) { _ in true }
        reducer.shorten(\.items)
        reducer.lower(\.size, to: 0)
        reducer.simplify(\.isNoisy, to: false)
        #expect(reducer.subject == Subject(items: [], size: 0, isNoisy: false))
        #expect(reducer.attemptCount == 3)
    }

    @Test(arguments: [0, 1, 2, 999, 65_536, 1_000_000])
    func `the least number that fails is found`(least: Int) {
        var reducer = Reducer(Subject(), attemptsMax: 1000) { $0.size >= least }
        reducer.lower(\.size, to: 0)
        #expect(reducer.subject.size == least)
        #expect(reducer.attemptCount <= 22)
    }

    @Test func `what is needed stays`() {
        var reducer = Reducer(Subject(), attemptsMax: 1000) { $0 == Subject() }
        reducer.shorten(\.items)
        reducer.lower(\.size, to: 0)
        reducer.simplify(\.isNoisy, to: false)
        #expect(reducer.subject == Subject())
    }

    @Test(arguments: [0, 1, 10])
    func `no more is tried than may be`(attemptsMax: Int) {
        var tries = 0
        var reducer = Reducer(Subject(), attemptsMax: attemptsMax) { subject in
            tries += 1
            return subject.items.contains(3)
        }
        reducer.shorten(\.items)
        reducer.lower(\.size, to: 0)
        #expect(tries == attemptsMax && reducer.attemptCount == attemptsMax)
        #expect(reducer.subject.items.contains(3))
    }
}
