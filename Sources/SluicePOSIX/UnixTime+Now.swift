public import Sluice

extension UnixTime {
    /// Now, by the system's clock (`time`): what an engine with a seed is given as its clock.
    public static var now: UnixTime { UnixTime(secondsSince1970: SystemCalls.time()) }
}
