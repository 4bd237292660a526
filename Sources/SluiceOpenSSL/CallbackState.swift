internal import COpenSSL

/// What the C callbacks of one connection read and write; they find it through the `SSL`'s application data.
///
/// Owned by its `ConnectionHandle`, which keeps it alive as long as the `SSL`. Callbacks run only inside libssl calls
/// that the connection makes, on the thread that makes them, so nothing here needs a lock.
@safe final class CallbackState {
    /// What the context asks of the callbacks. Changes only when a ClientHello is answered with another context.
    var settings: CallbackSettings {
        didSet { unsafe wire.pointee.observations = settings.wireObservations }
    }

    /// What each record touches. Owned; freed in `deinit`.
    ///
    /// The message callback is given this memory: finding it in the `SSL` (`SSL_get_ex_data`), counting references and checking
    /// for exclusive access would make 3 % of a small record.
    let wire: UnsafeMutablePointer<Wire>

    /// The last fatal alert, either way.
    var fatalAlert: (direction: Direction, description: UInt8)?

    var notices = NoticeQueue()

    /// The peer's ClientHello as a handshake message, kept from its arrival until it is answered.
    var clientHelloMessage: [UInt8] = []

    /// The outcome of libcrypto's own check of the peer's chain, once it has run.
    var verdict: ChainVerdict?

    /// What the peer presented, leaf first; kept only where the owner is asked about it.
    var presentedChain: [X509Handle] = []

    var clientHello = DecisionProgress<ClientHelloOutcome>.open
    var clientIdentity = DecisionProgress<Void>.open
    var peerChain = DecisionProgress<ChainOutcome>.open

    /// The alert that the next session ticket ends the connection with, see `sendAlertInsteadOfTicket`.
    var alertInsteadOfTicket: UInt8?

    /// What only a repeatable engine has.
    var repeatable: RepeatableState?

    /// The ticket keys of the first context: libssl takes tickets from there whatever context comes later.
    let ticketKeys: [TicketKey]

    init(settings: CallbackSettings, ringCapacity: Int) {
        self.settings = settings
        ticketKeys = settings.ticketKeys
        unsafe wire = .allocate(capacity: 1)
        unsafe wire.initialize(to: Wire(capacity: ringCapacity, observations: settings.wireObservations))
    }

    deinit {
        unsafe wire.deinitialize(count: 1)
        unsafe wire.deallocate()
    }
}

/// What callbacks need to know of the context.
package struct CallbackSettings: Sendable {
    package var isServer: Bool
    /// In order of preference; a server chooses the first that the client offers.
    package var applicationProtocols: [[UInt8]] = []
    /// The first issues tickets, all accept. Empty: libssl's own key of the context.
    package var ticketKeys: [TicketKey] = []
    /// A server's identities, the default first.
    package var identities: [IdentityHandle] = []
    package var observesKeyLog = false
    package var observesMessages = false
    package var observesRecords = false
    package var asksClientHello = false
    package var asksClientIdentity = false
    package var asksPeerChain = false

    package init(isServer: Bool) {
        self.isServer = isServer
    }
}

extension CallbackSettings {
    /// What has to be kept of what passes the wire.
    fileprivate var wireObservations: Wire.Observations {
        var observations: Wire.Observations = []
        if observesRecords { observations.insert(.records) }
        if observesMessages || asksClientHello { observations.insert(.messages) }
        return observations
    }

    /// What a server shows a client that asks for no name that it has: the first identity, and those that can stand for
    /// it with a key of another type.
    var defaultIdentities: [IdentityHandle] {
        guard let first = identities.first else { return [] }
        return identities.filter { $0.bearsSameNames(as: first) }
    }
}

/// How far a decision has come.
enum DecisionProgress<Answer> {
    /// Not reached, or not asked for.
    case open
    /// libssl waits for the owner.
    case asked
    /// The owner has answered; libssl may not have gone on yet.
    case answered(Answer)
}

/// What becomes of a ClientHello.
enum ClientHelloOutcome {
    case accepted
    case refused(alert: UInt8)
}

/// What becomes of the peer's chain.
package enum ChainOutcome: Hashable, Sendable {
    case accepted
    /// Refused, with the verify code that libssl turns into an alert.
    case rejected(code: Int32)
}
