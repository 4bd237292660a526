import Sluice
import Testing

struct TLSAlertTests {
    @Test func `an alert without a name is described by its number`() {
        #expect(TLSAlert(rawValue: 137).description == "alert 137")
    }
}
