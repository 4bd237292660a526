/// What the networks of a scenario do, by name.
public enum FaultProfile: String, CaseIterable, CustomStringConvertible, Hashable, Sendable {
    /// Nothing: everything arrives as it was sent.
    case none
    /// Latency, jitter, pieces and stalls, and no fault.
    case slow
    /// Streams end in the middle.
    case truncation
    /// Bits flip, and bytes are lost, doubled and moved.
    case damage
    /// Owners close early.
    case impatience
    /// Any of these, each connection another.
    case hostile

    /// The name that a command line takes.
    public var description: String { rawValue }

    /// What one direction of a connection meets.
    func conditions(using generator: inout SplitMix64) -> LinkConditions {
        switch self {
        case .none: .perfect
        case .slow: generator.element(of: [.broadband, .broadband, .satellite, .satellite, .serialLine])
        case .truncation: .truncating
        case .damage: .damaging
        case .impatience: .impatient
        case .hostile:
            generator.element(
                of: [.perfect, .broadband, .satellite, .serialLine, .truncating, .damaging, .impatient, .hostile]
            )
        }
    }
}
