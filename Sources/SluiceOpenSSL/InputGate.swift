internal import COpenSSL

/// Keeps libssl from reading on in the middle of a call, by giving it an inbound BIO that always wants more.
///
/// libssl goes on reading as soon as it has written: from the last message of a flight to the next record, from one
/// alert to the next. If the outbound ring is full by then and that record is bad, the fatal alert has nowhere to go;
/// libssl drops it or leaves it in a buffer that no public call reaches. So each handshake message or alert that goes
/// out closes the gate, the call ends with "want read", and the engine opens it again while there is room for an alert.
///
/// A server that waits for its owner's verdict on a TLS 1.2 client stops in the same way.
@safe struct InputGate: ~Copyable {
    /// An empty memory BIO. Owned: made when the gate first closes, freed in `deinit` (`BIO_free`).
    private var stalled: OpaquePointer?

    /// Whether libssl reads from the stalled BIO now.
    private(set) var isClosed = false

    init() {}

    deinit {
        unsafe BIO_free(stalled)
    }

    /// Takes the ring away from libssl's reading (`SSL_set0_rbio`).
    ///
    /// - Returns: Whether it is closed; false if there is no memory for the stalled BIO.
    @discardableResult
    mutating func close(_ ssl: OpaquePointer) -> Bool {
        guard !isClosed else { return true }
        if unsafe stalled == nil { unsafe stalled = sluice_BIO_new_stalled() }
        guard let stalled = unsafe stalled, unsafe BIO_up_ref(stalled) == 1 else { return false }
        unsafe SSL_set0_rbio(ssl, stalled)
        isClosed = true
        return true
    }

    /// Gives the ring back: it is the BIO that libssl writes to (`SSL_get_wbio` looks below the handshake's buffer).
    mutating func open(_ ssl: OpaquePointer) {
        guard isClosed, let ring = unsafe SSL_get_wbio(ssl), unsafe BIO_up_ref(ring) == 1 else { return }
        unsafe SSL_set0_rbio(ssl, ring)
        isClosed = false
    }
}
