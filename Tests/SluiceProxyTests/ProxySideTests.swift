import SluiceProxy
import Testing

struct ProxySideTests {
    @Test(arguments: ProxySide.allCases)
    func `each side lies across from the other`(side: ProxySide) {
        #expect(side.other != side)
        #expect(side.other.other == side)
    }
}
