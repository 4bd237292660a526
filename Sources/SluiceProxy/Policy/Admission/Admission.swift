/// Whether a connection is let in.
public enum Admission: Hashable, Sendable {
    /// Why it isn't.
    public enum Refusal: Hashable, Sendable, CaseIterable {
        /// There are as many connections as may be.
        case connections

        /// The client has as many connections as it may have.
        case connectionsPerAddress

        /// Too many came in too short a time.
        case handshakesPerSecond
    }

    /// It is; the ticket goes back when the connection is over.
    case admitted(AdmissionTicket)

    /// It isn't, and there is nothing to give back.
    case refused(Refusal)
}

/// A connection that was let in: for ``AdmissionControl/release(_:)``, once.
public struct AdmissionTicket: Hashable, Sendable {
    /// Whom it counts for; nil if for no address.
    let client: AddressRange?
}
