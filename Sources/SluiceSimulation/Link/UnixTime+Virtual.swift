public import Sluice

extension UnixTime {
    /// When simulations begin unless told otherwise: 2025-01-01T00:00:00Z.
    public static let simulationEpoch: UnixTime = 1_735_689_600

    /// The whole second so long after this one; the last there is if that is later.
    func adding(_ duration: Duration) -> UnixTime {
        let (sum, isOverflown) = secondsSince1970.addingReportingOverflow(duration.components.seconds)
        return UnixTime(secondsSince1970: isOverflown ? .max : sum)
    }
}
